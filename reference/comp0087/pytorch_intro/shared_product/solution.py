"""COMP0087, "Introduction to Machine Learning with PyTorch", slide "Backpropagation": e = a·b, f = c·e + d·e."""

from __future__ import annotations

from torch import Tensor


def shared_product(a: Tensor, b: Tensor, c: Tensor, d: Tensor) -> Tensor:
    """Three products, the first of them shared."""
    e = a * b
    return c * e + d * e
