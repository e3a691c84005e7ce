# verdict: wrong_answer
# diagnosis: missing_gradient
# about: makes a layer of its own
import torch
from torch import nn


def linear_layer_loss(layer, x_i, y_i):
    w = nn.Linear(layer.in_features, layer.out_features, dtype=x_i.dtype)
    return nn.functional.cross_entropy(w(x_i), y_i)
