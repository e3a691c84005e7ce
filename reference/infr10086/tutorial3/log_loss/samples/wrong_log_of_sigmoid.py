# verdict: partial
# diagnosis: infinite
# about: the logarithm of a probability that has become 0
import torch


def log_loss(X, y, w):
    return -torch.log(torch.sigmoid(y * (X @ w))).sum()
