# verdict: wrong_answer
# about: tells whether the layer is linear
import torch


def linearity_gap(layer, x, y):
    return torch.isclose(layer(x + y), layer(x) + layer(y))
