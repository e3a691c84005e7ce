# verdict: partial
# diagnosis: wrong_state
# about: only the weight is trained
from torch import nn


def make_linear(in_features, out_features):
    layer = nn.Linear(in_features, out_features)
    layer.bias.requires_grad = False
    return layer
