# verdict: accepted
# about: sum over reshaped columns of both
import torch
import torch.nn.functional as F


def mean_squared_error(y_hat, y):
    d = y_hat.reshape(-1, 1) - y.reshape(-1, 1)
    return torch.square(d).sum(dim=0).div(d.shape[0]).squeeze()
