# verdict: wrong_answer
# diagnosis: wrong_dtype
# about: integers
import torch


def binarize(y):
    return (y > 0).long()
