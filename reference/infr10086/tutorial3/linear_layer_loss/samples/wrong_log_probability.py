# verdict: wrong_answer
# diagnosis: sign
# about: the minus is missing
import torch


def linear_layer_loss(layer, x_i, y_i):
    return torch.log_softmax(layer(x_i), dim=0)[y_i]
