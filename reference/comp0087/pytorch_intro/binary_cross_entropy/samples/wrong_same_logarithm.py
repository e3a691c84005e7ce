# verdict: partial
# about: log f in both terms
import torch


def binary_cross_entropy(f, y):
    return -(y * torch.log(f) + (1 - y) * torch.log(f))
