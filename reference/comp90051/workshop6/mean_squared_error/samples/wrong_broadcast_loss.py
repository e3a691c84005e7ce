# verdict: partial
# diagnosis: broadcast
# about: the library's loss of a column and a vector
import torch
import torch.nn.functional as F


def mean_squared_error(y_hat, y):
    return F.mse_loss(y_hat, y.view(-1, 1))
