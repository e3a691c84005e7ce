import torch
from torch import nn


def make_linear(in_features: int, out_features: int) -> nn.Linear:
    """A new linear layer with a bias, for in_features inputs and out_features outputs."""
    raise NotImplementedError
