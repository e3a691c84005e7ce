"""COMP0087, "Introduction to Machine Learning with PyTorch", slide "Gradient Checking": (f(x + ε eᵢ) − f(x)) / ε."""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor


def forward_difference(f: Callable[[Tensor], Tensor], x: Tensor, eps: float) -> Tensor:
    """The quotient for one entry after the other, each from a fresh copy of x."""
    base = f(x)
    quotients = torch.empty_like(x)
    for i in range(len(x)):
        moved = x.clone()
        moved[i] += eps
        quotients[i] = (f(moved) - base) / eps
    return quotients
