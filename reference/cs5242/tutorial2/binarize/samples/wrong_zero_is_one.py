# verdict: partial
# diagnosis: wrong_value
# about: at least 0
import torch


def binarize(y):
    return (y >= 0).float()
