# verdict: wrong_answer
# about: what x * w means in PyTorch
import torch


def make_targets(x, w_true, b_true):
    return x * w_true + b_true
