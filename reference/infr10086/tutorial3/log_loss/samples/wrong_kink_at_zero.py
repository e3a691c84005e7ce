# verdict: partial
# diagnosis: wrong_gradient
# about: max(t, 0) + log1p(exp(-|t|)): right everywhere, but autograd gives slope 0 at t = 0
import torch


def log_loss(X, y, w):
    t = -y * (X @ w)
    return (torch.relu(t) + torch.log1p(torch.exp(-t.abs()))).sum()
