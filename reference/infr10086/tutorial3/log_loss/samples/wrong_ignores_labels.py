# verdict: wrong_answer
# about: every example is taken for a positive one
import torch


def log_loss(X, y, w):
    return torch.nn.functional.softplus(-(X @ w)).sum()
