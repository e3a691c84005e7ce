# verdict: partial
# about: the right value, but the branch not taken overflows and makes nan of the gradient
import torch


def logistic_loss(w, b, x, y01):
    s = (1 - 2 * y01) * (x @ w + b)
    return torch.where(s > 0, s + torch.log1p(torch.exp(-s)), torch.log1p(torch.exp(s))).sum()
