# verdict: partial
# diagnosis: wrong_dtype
# about: always float64
import torch


def binarize(y):
    return (y > 0).double()
