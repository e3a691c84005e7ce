# verdict: accepted
# about: one einsum over all three
import torch


def weighted_dot(x, y, z):
    return torch.einsum("i,i,i->", x, y, z)
