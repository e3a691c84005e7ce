# verdict: partial
# diagnosis: wrong_value
# about: the variance of the differences
import torch
import torch.nn.functional as F


def mean_squared_error(y_hat, y):
    return (y_hat - y).var(unbiased=False) if len(y) > 1 else (y_hat - y).pow(2).mean()
