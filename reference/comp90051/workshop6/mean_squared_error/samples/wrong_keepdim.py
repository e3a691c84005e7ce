# verdict: partial
# diagnosis: wrong_shape
# about: keeps a dimension of length 1
import torch
import torch.nn.functional as F


def mean_squared_error(y_hat, y):
    return ((y_hat - y) ** 2).mean(dim=0, keepdim=True)
