# verdict: accepted
# about: F.mse_loss with a sum, divided afterwards
import torch
import torch.nn.functional as F


def mean_squared_error(y_hat, y):
    return F.mse_loss(y_hat, y, reduction='sum') / y_hat.shape[0]
