"""Modules that are no plain torch ones."""

from __future__ import annotations

import torch
from torch import nn


class Standardised(nn.Module):
    """A linear layer behind a standardisation with fixed means and trained scales."""

    mean: torch.Tensor

    def __init__(self, d: int, outputs: int, dtype: torch.dtype) -> None:
        super().__init__()
        self.register_buffer("mean", torch.ones(d, dtype=dtype))
        self.scale = nn.Parameter(torch.ones(d, dtype=dtype))
        self.layer = nn.Linear(d, outputs, dtype=dtype)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """(d,) to (outputs,)."""
        y: torch.Tensor = self.layer((x - self.mean) * self.scale)
        return y


def standardised(d: int, outputs: int, dtype: torch.dtype) -> nn.Module:
    """d means, which are a buffer; d scales, and a layer."""
    return Standardised(d, outputs, dtype)


def in_two_halves(d: int, outputs: int, dtype: torch.dtype) -> nn.Module:
    """Two such modules and a layer of their own; the second module is frozen."""
    frozen = Standardised(d, outputs, dtype).requires_grad_(False)
    return nn.Sequential(Standardised(d, d, dtype), nn.Tanh(), frozen, nn.Linear(outputs, 2, dtype=dtype))
