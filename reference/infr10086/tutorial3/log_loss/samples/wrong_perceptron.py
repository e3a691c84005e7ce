# verdict: wrong_answer
# about: max(0, -m): right far from zero only
import torch


def log_loss(X, y, w):
    return torch.relu(-y * (X @ w)).sum()
