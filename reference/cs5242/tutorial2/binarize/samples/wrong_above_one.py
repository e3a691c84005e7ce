# verdict: partial
# diagnosis: wrong_value
# about: compares with 1
import torch


def binarize(y):
    return (y > 1).float()
