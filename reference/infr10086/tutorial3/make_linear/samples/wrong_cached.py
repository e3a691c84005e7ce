# verdict: partial
# diagnosis: aliased
# about: makes a layer once for every pair of sizes
import functools

from torch import nn


@functools.cache
def make_linear(in_features, out_features):
    return nn.Linear(in_features, out_features)
