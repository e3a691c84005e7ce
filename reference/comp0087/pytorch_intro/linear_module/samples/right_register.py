# verdict: accepted
# about: registers empty parameters and fills them with nn.init, uses F.linear
import torch
import torch.nn.functional as F
from torch import nn


class LinearModule(nn.Module):
    def __init__(self, x_dim: int, y_dim: int):
        nn.Module.__init__(self)
        self.register_parameter("W", nn.Parameter(torch.empty(y_dim, x_dim)))
        self.register_parameter("b", nn.Parameter(torch.empty(y_dim)))
        for p in self.parameters():
            nn.init.normal_(p)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return F.linear(x, self.W, self.b)
