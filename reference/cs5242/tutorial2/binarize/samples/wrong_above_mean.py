# verdict: partial
# diagnosis: wrong_value
# about: compares with the mean
import torch


def binarize(y):
    return (y > y.mean()).float()
