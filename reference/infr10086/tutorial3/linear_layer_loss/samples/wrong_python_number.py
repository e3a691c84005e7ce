# verdict: wrong_answer
# diagnosis: wrong_type
# about: .item() gives a float
from torch import nn


def linear_layer_loss(layer, x_i, y_i):
    return nn.functional.cross_entropy(layer(x_i), y_i).item()
