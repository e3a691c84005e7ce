# verdict: accepted
# about: the sign, cut off at 0
import torch


def binarize(y):
    return y.sign().clamp(min=0)
