# verdict: accepted
# about: a step function
import torch


def binarize(y):
    return torch.heaviside(y, torch.zeros((), dtype=y.dtype, device=y.device))
