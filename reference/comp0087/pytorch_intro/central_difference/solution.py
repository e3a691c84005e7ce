"""COMP0087, "Introduction to Machine Learning with PyTorch", slide "Gradient Checking": (f(x + ε) − f(x − ε)) / 2ε."""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor


def central_difference(f: Callable[[Tensor], Tensor], x: Tensor, eps: float) -> Tensor:
    """The quotient for one entry after the other, each from a fresh copy of x."""
    quotients = torch.empty_like(x)
    for i in range(len(x)):
        up = x.clone()
        down = x.clone()
        up[i] += eps
        down[i] -= eps
        quotients[i] = (f(up) - f(down)) / (2 * eps)
    return quotients
