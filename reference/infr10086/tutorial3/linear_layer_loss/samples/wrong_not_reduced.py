# verdict: partial
# diagnosis: wrong_shape
# about: a batch of one whose loss keeps its dimension
from torch import nn


def linear_layer_loss(layer, x_i, y_i):
    ce = nn.CrossEntropyLoss(reduction="none")
    return ce(layer(x_i)[None, :], y_i[None])
