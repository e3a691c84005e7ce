# verdict: partial
# about: the mean absolute error
import torch
import torch.nn.functional as F


def mean_squared_error(y_hat, y):
    return (y_hat - y).abs().mean()
