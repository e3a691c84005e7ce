# verdict: accepted
# about: a column of weights, and the dimension taken away at the end
import torch


def make_targets(x, w_true, b_true):
    y = x.mm(w_true.unsqueeze(1)) + b_true
    return y.squeeze(1)
