"""COMP0087, "Introduction to Machine Learning with PyTorch", slide "Loss Functions": the hinge loss."""

from __future__ import annotations

from torch import Tensor


def hinge_loss(f: Tensor, y: Tensor) -> Tensor:
    """max(0, 1 - y f) for every entry."""
    return (1 - y * f).relu()
