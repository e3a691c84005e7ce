# verdict: runtime_error
# about: rows of x against a table of weights
import torch


def make_targets(x, w_true, b_true):
    return x @ w_true.expand(len(x), -1) + b_true
