# verdict: accepted
# about: clamps against zeros that do not occur
import torch


def binary_cross_entropy(f, y):
    f = torch.clamp(f, 1e-7, 1 - 1e-7)
    return -(y * torch.log(f)) - (1 - y) * torch.log(1 - f)
