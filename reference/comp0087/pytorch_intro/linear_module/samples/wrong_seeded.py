# verdict: partial
# diagnosis: repeated_draw
# about: sets the seed in every constructor, so all modules start alike
import torch
from torch import nn


class LinearModule(nn.Module):
    def __init__(self, x_dim, y_dim):
        super().__init__()
        torch.manual_seed(0)
        self.W = nn.Parameter(torch.randn(y_dim, x_dim))
        self.b = nn.Parameter(torch.randn(y_dim))

    def forward(self, x):
        return self.W @ x + self.b
