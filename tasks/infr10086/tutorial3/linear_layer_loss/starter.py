import torch
from torch import nn


def linear_layer_loss(layer, x_i, y_i):
    """Cross entropy of the scores that layer, an nn.Linear, gives to x_i (d,), for class y_i; a scalar tensor."""
    raise NotImplementedError
