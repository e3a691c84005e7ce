# verdict: partial
# diagnosis: wrong_dtype
# about: always single precision
import torch


def make_targets(x, w_true, b_true):
    return x.float() @ w_true.float() + b_true.float()
