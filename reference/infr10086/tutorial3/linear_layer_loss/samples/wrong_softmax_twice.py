# verdict: wrong_answer
# about: softmax before a loss that does its own
import torch
from torch import nn


def linear_layer_loss(layer, x_i, y_i):
    p = torch.softmax(layer(x_i), dim=0)
    return nn.functional.cross_entropy(p, y_i)
