# verdict: partial
# diagnosis: repeated_draw
# about: copies of one layer
import copy
import functools

from torch import nn


@functools.cache
def _layer(i, o):
    return nn.Linear(i, o)


def make_linear(in_features, out_features):
    return copy.deepcopy(_layer(in_features, out_features))
