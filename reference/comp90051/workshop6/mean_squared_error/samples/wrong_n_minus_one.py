# verdict: partial
# about: divides by n - 1
import torch
import torch.nn.functional as F


def mean_squared_error(y_hat, y):
    return ((y_hat - y) ** 2).sum() / max(len(y) - 1, 1)
