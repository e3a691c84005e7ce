# verdict: partial
# diagnosis: wrong_value
# about: the square of the mean difference
import torch
import torch.nn.functional as F


def mean_squared_error(y_hat, y):
    return (y_hat - y).mean() ** 2
