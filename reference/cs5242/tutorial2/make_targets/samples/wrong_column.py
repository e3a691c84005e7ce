# verdict: wrong_answer
# diagnosis: wrong_shape
# about: a column
import torch


def make_targets(x, w_true, b_true):
    return x @ w_true.reshape(-1, 1) + b_true
