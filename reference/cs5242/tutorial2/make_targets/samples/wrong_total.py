# verdict: wrong_answer
# diagnosis: wrong_shape
# about: adds everything up
import torch


def make_targets(x, w_true, b_true):
    return (x * w_true).sum() + b_true.squeeze()
