# verdict: partial
# diagnosis: sign
# about: the targets are attached instead
import torch
import torch.nn.functional as F


def mean_squared_error(y_hat, y):
    y = y.clone() + y_hat - y_hat.detach()
    return ((y_hat.detach() - y) ** 2).mean()
