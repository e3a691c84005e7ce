# verdict: wrong_answer
# diagnosis: wrong_shape
# about: how many there are
import torch


def binarize(y):
    return (y > 0).float().sum()
