import torch
from torch import nn


class LinearModule(nn.Module):
    """A linear layer with a bias: parameters W (y_dim, x_dim) and b (y_dim,), standard normal at the start."""

    def __init__(self, x_dim: int, y_dim: int) -> None:
        super().__init__()
        raise NotImplementedError

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """x: (x_dim,). Returns W x + b, (y_dim,)."""
        raise NotImplementedError
