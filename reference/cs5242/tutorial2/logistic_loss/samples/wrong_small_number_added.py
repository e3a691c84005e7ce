# verdict: partial
# about: a small number keeps the logarithm finite, and wrong
import torch


def logistic_loss(w, b, x, y01):
    p = torch.sigmoid(x @ w + b)
    return -(y01 * torch.log(p + 1e-12) + (1 - y01) * torch.log(1 - p + 1e-12)).sum()
