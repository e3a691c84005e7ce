"""COMP0087, "Introduction to Machine Learning with PyTorch", slide "PyTorch Variables": (x ⊙ y)·z."""

from __future__ import annotations

from torch import Tensor


def weighted_dot(x: Tensor, y: Tensor, z: Tensor) -> Tensor:
    """The dot product of x ⊙ y and z."""
    return (x * y * z).sum()
