# verdict: wrong_answer
# about: believes the name of the layer
import torch


def linearity_gap(layer, x, y):
    return torch.zeros(layer.out_features, dtype=x.dtype)
