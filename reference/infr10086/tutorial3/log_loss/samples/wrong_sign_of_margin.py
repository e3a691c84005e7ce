# verdict: wrong_answer
# about: log(1 + exp(+m)): rewards mistakes
import torch


def log_loss(X, y, w):
    return torch.nn.functional.softplus(y * (X @ w)).sum()
