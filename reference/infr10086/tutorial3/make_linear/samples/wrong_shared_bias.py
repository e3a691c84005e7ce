# verdict: partial
# diagnosis: aliased
# about: fresh weights, but all layers of one size share the bias
from torch import nn

biases = {}


def make_linear(in_features, out_features):
    layer = nn.Linear(in_features, out_features)
    layer.bias = biases.setdefault((in_features, out_features), layer.bias)
    return layer
