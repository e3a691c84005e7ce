"""COMP0087, "Introduction to Machine Learning with PyTorch", slide "Linear Model Example": f(x) = W x + b."""

from __future__ import annotations

import torch
from torch import Tensor, nn


class LinearModule(nn.Module):
    """W (y_dim, x_dim) and b (y_dim,), both drawn from N(0, 1)."""

    def __init__(self, x_dim: int, y_dim: int) -> None:
        super().__init__()
        self.W = nn.Parameter(torch.randn(y_dim, x_dim))
        self.b = nn.Parameter(torch.randn(y_dim))

    def forward(self, x: Tensor) -> Tensor:
        """(x_dim,) to (y_dim,)."""
        return self.W @ x + self.b
