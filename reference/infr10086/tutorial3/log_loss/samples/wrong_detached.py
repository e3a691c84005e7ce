# verdict: partial
# diagnosis: detached
# about: the sum of numbers
import torch


def log_loss(X, y, w):
    losses = torch.nn.functional.softplus(-y * (X @ w))
    return torch.tensor(sum(losses.tolist()), dtype=w.dtype)
