# verdict: partial
# about: the transpose of x
import torch


def make_targets(x, w_true, b_true):
    return x.T @ w_true + b_true
