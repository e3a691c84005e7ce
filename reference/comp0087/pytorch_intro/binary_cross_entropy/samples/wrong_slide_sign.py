# verdict: partial
# about: the sign of the second term as on the slide (no difference for the label 1)
import torch


def binary_cross_entropy(f, y):
    return -(y * torch.log(f) - (1 - y) * torch.log(1 - f))
