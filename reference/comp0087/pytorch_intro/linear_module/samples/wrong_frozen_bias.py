# verdict: wrong_answer
# about: the bias is registered as a buffer and is not trained
import torch
from torch import nn


class LinearModule(nn.Module):
    def __init__(self, x_dim, y_dim):
        super().__init__()
        self.W = nn.Parameter(torch.randn(y_dim, x_dim))
        self.register_buffer("b", torch.randn(y_dim))

    def forward(self, x):
        return self.W @ x + self.b
