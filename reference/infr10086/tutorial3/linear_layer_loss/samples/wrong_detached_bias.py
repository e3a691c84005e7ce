# verdict: partial
# diagnosis: missing_gradient
# about: the bias is added as plain data: right value, no gradient of the bias
from torch import nn


def linear_layer_loss(layer, x_i, y_i):
    s = layer.weight @ x_i + layer.bias.data
    return nn.functional.cross_entropy(s, y_i)
