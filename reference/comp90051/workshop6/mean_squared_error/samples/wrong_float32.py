# verdict: partial
# about: goes through single precision
import torch
import torch.nn.functional as F


def mean_squared_error(y_hat, y):
    return ((y_hat.float() - y.float()) ** 2).mean().to(y.dtype)
