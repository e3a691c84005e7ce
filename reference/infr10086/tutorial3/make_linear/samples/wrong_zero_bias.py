# verdict: partial
# diagnosis: repeated_draw
# about: a bias that begins at zero
from torch import nn


def make_linear(in_features, out_features):
    layer = nn.Linear(in_features, out_features)
    nn.init.zeros_(layer.bias)
    return layer
