# verdict: wrong_answer
# about: subtracts the bias
import torch


def make_targets(x, w_true, b_true):
    return x @ w_true - b_true
