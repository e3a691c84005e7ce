# verdict: partial
# diagnosis: detached
# about: no graph under no_grad
import torch
from torch import nn


def linear_layer_loss(layer, x_i, y_i):
    with torch.no_grad():
        return nn.functional.cross_entropy(layer(x_i), y_i)
