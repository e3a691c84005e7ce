# verdict: accepted
# about: a batch of one, nll_loss of log_softmax
import torch
import torch.nn.functional as F


def linear_layer_loss(layer, x_i, y_i):
    logits = layer(x_i.unsqueeze(0))
    return F.nll_loss(F.log_softmax(logits, dim=1), y_i.view(1))
