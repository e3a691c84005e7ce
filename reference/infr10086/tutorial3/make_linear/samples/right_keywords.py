# verdict: accepted
# about: keywords, double precision, numbers of its own drawing
import torch
from torch import nn


def make_linear(n_in, n_out):
    w = nn.Linear(out_features=n_out, in_features=n_in, bias=True, dtype=torch.float64)
    nn.init.normal_(w.weight, std=0.1)
    nn.init.uniform_(w.bias)
    return w.eval()
