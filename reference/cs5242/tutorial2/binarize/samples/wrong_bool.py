# verdict: wrong_answer
# diagnosis: wrong_dtype
# about: truth values
import torch


def binarize(y):
    return y > 0
