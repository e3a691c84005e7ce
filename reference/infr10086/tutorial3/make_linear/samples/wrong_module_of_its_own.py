# verdict: wrong_answer
# diagnosis: wrong_type
# about: the right parameters in a module that is no torch.nn.Linear
import torch
from torch import nn


class Linear(nn.Module):
    def __init__(self, i, o):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(o, i))
        self.bias = nn.Parameter(torch.randn(o))

    def forward(self, x):
        return self.weight @ x + self.bias


def make_linear(in_features, out_features):
    return Linear(in_features, out_features)
