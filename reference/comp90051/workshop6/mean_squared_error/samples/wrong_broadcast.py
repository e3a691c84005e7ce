# verdict: partial
# diagnosis: broadcast
# about: a column against a vector
import torch
import torch.nn.functional as F


def mean_squared_error(y_hat, y):
    return ((y_hat.unsqueeze(1) - y) ** 2).mean()
