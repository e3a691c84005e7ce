# verdict: partial
# diagnosis: infinite
# about: log(1 + e^s) overflows
import torch


def logistic_loss(w, b, x, y01):
    signs = 2 * y01 - 1
    return torch.log(1 + torch.exp(-signs * (x @ w + b))).sum()
