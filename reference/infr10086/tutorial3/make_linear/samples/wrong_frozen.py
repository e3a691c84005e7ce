# verdict: partial
# diagnosis: wrong_state
# about: parameters that no optimiser may move
from torch import nn


def make_linear(in_features, out_features):
    return nn.Linear(in_features, out_features).requires_grad_(False)
