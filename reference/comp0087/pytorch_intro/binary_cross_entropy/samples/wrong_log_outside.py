# verdict: partial
# about: 1 - log f for the label 0
import torch


def binary_cross_entropy(f, y):
    return -(y * torch.log(f) + (1 - y) * (1 - torch.log(f)))
