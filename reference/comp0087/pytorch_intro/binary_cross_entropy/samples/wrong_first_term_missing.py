# verdict: partial
# about: nothing for the label 1
import torch


def binary_cross_entropy(f, y):
    return -(1 - y) * torch.log(1 - f)
