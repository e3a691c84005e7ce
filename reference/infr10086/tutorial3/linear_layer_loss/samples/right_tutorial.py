# verdict: accepted
# about: the loss as a module, as in the tutorial
import torch
from torch import nn

ce = nn.CrossEntropyLoss(reduction="sum")


def linear_layer_loss(layer, x_i, y_i):
    loss = ce(layer(x_i), y_i)
    print(loss)
    return loss
