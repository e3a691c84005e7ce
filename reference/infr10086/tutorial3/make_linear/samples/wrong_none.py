# verdict: wrong_answer
# about: makes the layer and does not return it
from torch import nn


def make_linear(in_features, out_features):
    layer = nn.Linear(in_features, out_features)
