# verdict: partial
# diagnosis: repeated_draw
# about: sets the seed on every call
import torch
from torch import nn


def make_linear(in_features, out_features):
    torch.manual_seed(0)
    return nn.Linear(in_features, out_features)
