# verdict: wrong_answer
# diagnosis: wrong_shape
# about: a column
import torch


def binarize(y):
    return (y > 0).float().unsqueeze(1)
