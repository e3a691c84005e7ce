# verdict: wrong_answer
# about: W x - b
from torch import nn


def linear_layer_loss(layer, x_i, y_i):
    s = layer.weight @ x_i - layer.bias
    return nn.functional.cross_entropy(s, y_i)
