# verdict: partial
# about: has a bias and does not use it
import torch
from torch import nn


class LinearModule(nn.Module):
    def __init__(self, x_dim, y_dim):
        super().__init__()
        self.W = nn.Parameter(torch.randn(y_dim, x_dim))
        self.b = nn.Parameter(torch.randn(y_dim))

    def forward(self, x):
        return self.W @ x
