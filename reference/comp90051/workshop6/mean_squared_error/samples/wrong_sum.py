# verdict: partial
# diagnosis: sum_for_mean
# about: the sum of squares
import torch
import torch.nn.functional as F


def mean_squared_error(y_hat, y):
    return ((y_hat - y) ** 2).sum()
