# verdict: accepted
# about: each row times the weights, summed over the features
import torch


def make_targets(x, w_true, b_true):
    return (x * w_true).sum(dim=1) + b_true.item()
