# verdict: partial
# about: adds the bias to every product
import torch


def make_targets(x, w_true, b_true):
    return (x * w_true + b_true).sum(dim=1)
