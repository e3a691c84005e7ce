# verdict: runtime_error
# about: wraps nn.Linear: other names, other start
import torch
from torch import nn


class LinearModule(nn.Module):
    def __init__(self, x_dim, y_dim):
        super().__init__()
        self.linear = nn.Linear(x_dim, y_dim)

    def forward(self, x):
        return self.linear(x)
