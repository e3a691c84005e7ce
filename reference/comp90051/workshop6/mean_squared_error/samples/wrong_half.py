# verdict: partial
# diagnosis: constant_factor
# about: half of it
import torch
import torch.nn.functional as F


def mean_squared_error(y_hat, y):
    return 0.5 * ((y_hat - y) ** 2).mean()
