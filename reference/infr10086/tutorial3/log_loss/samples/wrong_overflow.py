# verdict: partial
# diagnosis: infinite
# about: the formula as it stands: exp overflows
import torch


def log_loss(X, y, w):
    return torch.log(1 + torch.exp(-y * (X @ w))).sum()
