# verdict: wrong_answer
# diagnosis: constant_factor
# about: the logarithm to base 2
import torch


def binary_cross_entropy(f, y):
    return -(y * torch.log2(f) + (1 - y) * torch.log2(1 - f))
