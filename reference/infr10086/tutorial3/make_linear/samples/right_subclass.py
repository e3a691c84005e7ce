# verdict: accepted
# about: an object of a subclass is a linear layer too
from torch import nn


class MyLinear(nn.Linear):
    pass


def make_linear(in_features, out_features):
    return MyLinear(in_features, out_features)
