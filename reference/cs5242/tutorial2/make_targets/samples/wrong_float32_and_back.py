# verdict: partial
# diagnosis: low_precision
# about: single precision on the way
import torch


def make_targets(x, w_true, b_true):
    return (x.float() @ w_true.float() + b_true.float()).to(x.dtype)
