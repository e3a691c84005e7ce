# verdict: partial
# diagnosis: wrong_shape
# about: W of shape (x_dim, y_dim), multiplied from the right
import torch
from torch import nn


class LinearModule(nn.Module):
    def __init__(self, x_dim, y_dim):
        super().__init__()
        self.W = nn.Parameter(torch.randn(x_dim, y_dim))
        self.b = nn.Parameter(torch.randn(y_dim))

    def forward(self, x):
        return x @ self.W + self.b
