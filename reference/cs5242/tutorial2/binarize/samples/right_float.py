# verdict: accepted
# about: always float32
import torch


def binarize(y):
    return (y > 0).float()
