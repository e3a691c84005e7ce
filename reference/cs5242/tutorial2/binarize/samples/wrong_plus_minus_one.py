# verdict: partial
# about: labels of -1 and 1
import torch


def binarize(y):
    return torch.where(y > 0, 1.0, -1.0).to(y.dtype)
