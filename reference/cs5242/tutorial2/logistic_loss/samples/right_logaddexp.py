# verdict: accepted
# about: log(e^0 + e^s) without computing e^s, less the score where the label is 1
import torch


def logistic_loss(w, b, x, y01):
    s = (x * w).sum(dim=1) + b
    return (torch.logaddexp(s, torch.zeros_like(s)) - y01 * s).sum()
