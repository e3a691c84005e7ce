# verdict: partial
# diagnosis: wrong_dtype
# about: torch.Tensor always makes float32
import torch


def tensor_add(a, b):
    return torch.Tensor(a) + torch.Tensor(b)
