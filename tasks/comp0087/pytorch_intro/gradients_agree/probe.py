"""Functions from (d,) to a 0-dim tensor, and their gradients with errors added."""

from __future__ import annotations

from collections.abc import Callable

import torch

Map = Callable[[torch.Tensor], torch.Tensor]


def quadratic(matrix: list[list[float]], slope: list[float]) -> Map:
    """xᵀ A x + bᵀ x"""

    def f(x: torch.Tensor) -> torch.Tensor:
        return x @ torch.tensor(matrix, dtype=x.dtype) @ x + torch.tensor(slope, dtype=x.dtype) @ x

    return f


def quadratic_gradient(matrix: list[list[float]], slope: list[float], errors: list[float]) -> Map:
    """(A + Aᵀ) x + b + errors"""

    def grad_f(x: torch.Tensor) -> torch.Tensor:
        both = torch.tensor(matrix, dtype=x.dtype)
        gradient = (both + both.T) @ x + torch.tensor(slope, dtype=x.dtype)
        return gradient + torch.tensor(errors, dtype=x.dtype)

    return grad_f


def cubic(weights: list[float]) -> Map:
    """The weighted sum of xᵢ³ plus the product of the sum and the last entry."""

    def f(x: torch.Tensor) -> torch.Tensor:
        return (torch.tensor(weights, dtype=x.dtype) * x * x * x).sum() + x.sum() * x[-1]

    return f


def cubic_gradient(weights: list[float], errors: list[float]) -> Map:
    """Its gradient, plus errors."""

    def grad_f(x: torch.Tensor) -> torch.Tensor:
        gradient = 3 * torch.tensor(weights, dtype=x.dtype) * x * x + x[-1]
        last = torch.zeros_like(x)
        last[-1] = x.sum()
        return gradient + last + torch.tensor(errors, dtype=x.dtype)

    return grad_f


def opaque(weights: list[float]) -> Map:
    """The weighted sum of xᵢ², cut off from the graph; torch.vmap can still map it."""

    def f(x: torch.Tensor) -> torch.Tensor:
        entries = x.detach()
        return (torch.tensor(weights, dtype=x.dtype) * entries * entries).sum()

    return f


def opaque_gradient(weights: list[float], error: float) -> Map:
    """Its gradient, plus an error."""

    def grad_f(x: torch.Tensor) -> torch.Tensor:
        return torch.tensor(
            [2 * weight * entry + error for weight, entry in zip(weights, x.tolist(), strict=True)], dtype=x.dtype
        )

    return grad_f
