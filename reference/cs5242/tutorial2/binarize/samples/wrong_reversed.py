# verdict: wrong_answer
# about: 1 where y is not positive
import torch


def binarize(y):
    return (y <= 0).float()
