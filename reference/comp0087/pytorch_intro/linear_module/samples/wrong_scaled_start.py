# verdict: partial
# diagnosis: wrong_distribution
# about: divides the start by the square root of the inputs, as other initialisations do
import torch
from torch import nn


class LinearModule(nn.Module):
    def __init__(self, x_dim, y_dim):
        super().__init__()
        self.W = nn.Parameter(torch.randn(y_dim, x_dim) / x_dim**0.5)
        self.b = nn.Parameter(torch.randn(y_dim))

    def forward(self, x):
        return self.W @ x + self.b
