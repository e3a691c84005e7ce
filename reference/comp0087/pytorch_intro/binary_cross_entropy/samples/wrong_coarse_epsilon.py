# verdict: wrong_answer
# about: adds a thousandth to every probability
import torch


def binary_cross_entropy(f, y):
    return -(y * torch.log(f + 1e-3) + (1 - y) * torch.log(1 - f + 1e-3))
