# verdict: partial
# diagnosis: not_a_number
# about: the value is right, but the branch that where does not choose makes the gradient nan
import torch


def log_loss(X, y, w):
    t = -y * (X @ w)
    return torch.where(t > 20, t, torch.log1p(torch.exp(t))).sum()
