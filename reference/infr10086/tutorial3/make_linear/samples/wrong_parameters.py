# verdict: wrong_answer
# diagnosis: wrong_type
# about: the parameters instead of the layer
from torch import nn


def make_linear(in_features, out_features):
    return list(nn.Linear(in_features, out_features).parameters())
