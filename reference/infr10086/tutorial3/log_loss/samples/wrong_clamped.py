# verdict: partial
# about: cuts the margin off: a confident mistake costs 50 and has no gradient
import torch


def log_loss(X, y, w):
    m = (y * (X @ w)).clamp(-50, 50)
    return torch.log1p(torch.exp(-m)).sum()
