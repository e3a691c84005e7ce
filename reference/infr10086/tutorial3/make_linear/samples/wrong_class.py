# verdict: wrong_answer
# diagnosis: wrong_type
# about: the class, not an object
from torch import nn


def make_linear(in_features, out_features):
    return nn.Linear
