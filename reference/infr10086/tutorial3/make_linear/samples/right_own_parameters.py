# verdict: accepted
# about: replaces both parameters by its own
import numpy
import torch
from torch.nn import Linear, Parameter


def make_linear(d, c):
    layer = Linear(d, c)
    layer.weight = Parameter(torch.tensor(numpy.random.standard_normal((c, d)), dtype=torch.float32))
    layer.bias = Parameter(torch.randn(c))
    return layer
