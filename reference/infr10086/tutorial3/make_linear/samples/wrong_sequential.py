# verdict: wrong_answer
# diagnosis: wrong_type
# about: a network with a linear layer in it
from torch import nn


def make_linear(in_features, out_features):
    return nn.Sequential(nn.Linear(in_features, out_features))
