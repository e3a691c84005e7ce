# verdict: wrong_answer
# about: the hinge loss
import torch


def log_loss(X, y, w):
    return torch.relu(1 - y * (X @ w)).sum()
