# verdict: partial
# about: the sign
import torch


def binarize(y):
    return torch.sign(y)
