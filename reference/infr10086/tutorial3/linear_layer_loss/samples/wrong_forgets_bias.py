# verdict: wrong_answer
# diagnosis: missing_gradient
# about: the weight only
import torch
from torch import nn


def linear_layer_loss(layer, x_i, y_i):
    ce = nn.CrossEntropyLoss(reduction="sum")
    return ce(layer.weight @ x_i, y_i)
