# verdict: accepted
# about: log(exp(0) + exp(-m))
import torch


def log_loss(X, y, w):
    margins = y * torch.mv(X, w)
    return torch.logaddexp(torch.zeros_like(margins), -margins).sum()
