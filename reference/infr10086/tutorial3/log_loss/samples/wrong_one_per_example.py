# verdict: partial
# diagnosis: wrong_shape
# about: one loss an example
import torch


def log_loss(X, y, w):
    return torch.nn.functional.softplus(-y * (X @ w))
