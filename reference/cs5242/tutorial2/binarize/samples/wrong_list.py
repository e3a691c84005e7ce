# verdict: wrong_answer
# diagnosis: wrong_type
# about: a list
import torch


def binarize(y):
    return [1.0 if v > 0 else 0.0 for v in y.tolist()]
