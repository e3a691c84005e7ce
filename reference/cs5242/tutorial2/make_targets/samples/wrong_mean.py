# verdict: partial
# about: a mean over the features
import torch


def make_targets(x, w_true, b_true):
    return (x * w_true).mean(dim=1) + b_true
