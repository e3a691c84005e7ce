# verdict: partial
# about: sums over the samples
import torch


def make_targets(x, w_true, b_true):
    return (x * w_true).sum(dim=0) + b_true
