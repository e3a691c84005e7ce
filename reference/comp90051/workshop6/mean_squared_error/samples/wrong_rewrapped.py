# verdict: partial
# diagnosis: detached
# about: wraps the loss into a new leaf
import torch
import torch.nn.functional as F


def mean_squared_error(y_hat, y):
    return torch.tensor(((y_hat - y) ** 2).mean().item(), dtype=y.dtype)
