# verdict: accepted
# about: torch.matmul and torch.add
import torch


def make_targets(x, w_true, b_true):
    return torch.add(torch.matmul(x, w_true), b_true)
