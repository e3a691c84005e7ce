# verdict: accepted
# about: max(-yf, 0) + log1p(exp(-|yf|)); maximum shares its gradient at a tie, so zero is right too
import torch


def logistic_loss(f, y):
    t = -y * f
    return torch.maximum(t, torch.zeros_like(t)) + torch.log1p(torch.exp(-t.abs()))
