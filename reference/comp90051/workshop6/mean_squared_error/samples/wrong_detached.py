# verdict: partial
# diagnosis: detached
# about: leaves the graph
import torch
import torch.nn.functional as F


def mean_squared_error(y_hat, y):
    return ((y_hat.detach() - y) ** 2).mean()
