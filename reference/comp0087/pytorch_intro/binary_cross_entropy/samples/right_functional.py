# verdict: accepted
# about: torch's own loss without a reduction
import torch


def binary_cross_entropy(f, y):
    return torch.nn.functional.binary_cross_entropy(f, y, reduction="none")
