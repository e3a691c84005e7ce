# verdict: runtime_error
# diagnosis: exception
# about: in_features and out_features confused
from torch import nn


def linear_layer_loss(layer, x_i, y_i):
    s = layer.weight.T @ x_i + layer.bias
    return nn.functional.cross_entropy(s, y_i)
