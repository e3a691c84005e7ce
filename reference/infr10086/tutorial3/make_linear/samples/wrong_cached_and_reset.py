# verdict: partial
# diagnosis: aliased
# about: one object, drawn again on every call
from torch import nn

layers = {}


def make_linear(in_features, out_features):
    key = (in_features, out_features)
    if key not in layers:
        layers[key] = nn.Linear(in_features, out_features)
    layers[key].reset_parameters()
    return layers[key]
