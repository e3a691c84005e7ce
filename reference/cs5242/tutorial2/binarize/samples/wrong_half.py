# verdict: partial
# diagnosis: wrong_value
# about: a half at 0
import torch


def binarize(y):
    return (torch.sign(y) + 1) / 2
