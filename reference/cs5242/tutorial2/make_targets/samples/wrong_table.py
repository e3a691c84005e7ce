# verdict: wrong_answer
# diagnosis: broadcast
# about: a column and a bias for each sample broadcast to (n, n)
import torch


def make_targets(x, w_true, b_true):
    y = x @ w_true.view(-1, 1)
    return y + b_true.expand(len(x))
