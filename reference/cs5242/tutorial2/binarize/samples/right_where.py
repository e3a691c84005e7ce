# verdict: accepted
# about: torch.where with tensors of ones and zeros
import torch


def binarize(y):
    return torch.where(y > 0, torch.ones_like(y), torch.zeros_like(y))
