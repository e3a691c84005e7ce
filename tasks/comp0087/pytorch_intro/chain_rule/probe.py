"""Functions of one number, a Python number or a 0-dim tensor; the result is of the same kind."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import torch

OfOne = Callable[[Any], Any]


def polynomial(coefficients: list[int]) -> OfOne:
    """The sum of coefficients[k] · xᵏ."""

    def value(x: Any) -> Any:
        total = 0.0 * x
        for coefficient in reversed(coefficients):
            total = total * x + coefficient
        return total

    return value


def exponential(rate: float, factor: float) -> OfOne:
    """factor · exp(rate · x)"""

    def value(x: Any) -> Any:
        return factor * (torch.exp(rate * x) if isinstance(x, torch.Tensor) else math.exp(rate * x))

    return value


def cosine() -> OfOne:
    """cos(x)"""

    def value(x: Any) -> Any:
        return torch.cos(x) if isinstance(x, torch.Tensor) else math.cos(x)

    return value
