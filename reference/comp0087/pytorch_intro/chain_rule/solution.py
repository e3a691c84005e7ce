"""COMP0087, "Introduction to Machine Learning with PyTorch", slide "Backpropagation": f'(g(x))·g'(x)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from torch import Tensor


def chain_rule(
    g: Callable[[Any], Any], g_prime: Callable[[Any], Any], f_prime: Callable[[Any], Any], x: float | Tensor
) -> float | Tensor:
    """The outer derivative at g(x), times the inner one at x."""
    derivative: float | Tensor = f_prime(g(x)) * g_prime(x)
    return derivative
