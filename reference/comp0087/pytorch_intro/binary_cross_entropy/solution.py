"""COMP0087, "Introduction to Machine Learning with PyTorch", slide "Loss Functions": binary cross entropy."""

from __future__ import annotations

from torch import Tensor


def binary_cross_entropy(f: Tensor, y: Tensor) -> Tensor:
    """-[y log f + (1 - y) log(1 - f)] for every entry."""
    return -(y * f.log() + (1 - y) * (1 - f).log())
