# verdict: partial
# diagnosis: wrong_shape
# about: squeezes everything, also for a single sample
import torch


def make_targets(x, w_true, b_true):
    return (x @ w_true.reshape(-1, 1) + b_true).squeeze()
