# verdict: accepted
# about: assigns through masks
import torch


def binarize(y):
    z = torch.empty_like(y)
    z[y > 0] = 1
    z[y <= 0] = 0
    return z
