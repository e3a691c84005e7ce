# verdict: wrong_answer
# diagnosis: not_registered
# about: bias=False
from torch import nn


def make_linear(in_features, out_features):
    return nn.Linear(in_features, out_features, bias=False)
