# verdict: partial
# diagnosis: wrong_value
# about: cuts negative numbers off
import torch


def binarize(y):
    return torch.relu(y)
