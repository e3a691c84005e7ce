# verdict: partial
# diagnosis: transposed
# about: the sizes of the weight, in their order
from torch import nn


def make_linear(in_features, out_features):
    return nn.Linear(out_features, in_features)
