"""The functions to be differentiated. Each maps a (d,) float64 tensor to a 0-dim tensor."""

from __future__ import annotations

from collections.abc import Callable

import torch

Scalar = Callable[[torch.Tensor], torch.Tensor]


def quadratic(matrix: list[list[float]], slope: list[float]) -> Scalar:
    """xᵀ A x + bᵀ x"""

    def f(x: torch.Tensor) -> torch.Tensor:
        return x @ torch.tensor(matrix, dtype=torch.float64) @ x + torch.tensor(slope, dtype=torch.float64) @ x

    return f


def cubic(weights: list[float]) -> Scalar:
    """The weighted sum of xᵢ³ plus the product of the sum and the last entry."""

    def f(x: torch.Tensor) -> torch.Tensor:
        return (torch.tensor(weights, dtype=torch.float64) * x**3).sum() + x.sum() * x[-1]

    return f


def waves(weights: list[float]) -> Scalar:
    """The mean of weighted sines, plus the sine of the sum."""

    def f(x: torch.Tensor) -> torch.Tensor:
        return (torch.tensor(weights, dtype=torch.float64) * torch.sin(x)).mean() + torch.sin(x.sum())

    return f


def picked(index: int, weight: float) -> Scalar:
    """A cubic of one entry; the others do not matter."""

    def f(x: torch.Tensor) -> torch.Tensor:
        return weight * x[index] ** 3

    return f


def opaque(weights: list[float]) -> Scalar:
    """The weighted sum of xᵢ⁴, cut off from the graph."""

    def f(x: torch.Tensor) -> torch.Tensor:
        return (torch.tensor(weights, dtype=torch.float64) * x.detach() ** 4).sum()

    return f
