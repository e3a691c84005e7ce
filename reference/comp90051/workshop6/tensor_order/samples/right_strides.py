# verdict: accepted
# about: one stride for each dimension
import torch


def tensor_order(x: torch.Tensor) -> int:
    return sum(1 for _ in x.stride())
