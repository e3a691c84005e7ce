"""COMP0087, "Introduction to Machine Learning with PyTorch", slide "Gradients": one step of gradient descent."""

from __future__ import annotations

from torch import Tensor


def sgd_step(p: Tensor, g: Tensor, lr: float) -> Tensor:
    """p - lr g."""
    return p - lr * g
