# verdict: partial
# about: as with relu, but clamp has slope 1 at 0: the gradient at w = 0 is twice as large
import torch


def log_loss(X, y, w):
    t = -y * (X @ w)
    return (t.clamp(min=0) + torch.log1p(torch.exp(-t.abs()))).sum()
