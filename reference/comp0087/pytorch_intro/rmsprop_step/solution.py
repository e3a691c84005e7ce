"""COMP0087, "Introduction to Machine Learning with PyTorch", slide "Optimizers": one step of RMSprop."""

from __future__ import annotations

from torch import Tensor


def rmsprop_step(p: Tensor, g: Tensor, v: Tensor, lr: float, alpha: float, eps: float) -> tuple[Tensor, Tensor]:
    """(p - lr g / (√v' + eps), v') with v' = alpha v + (1 - alpha) g²."""
    average = alpha * v + (1 - alpha) * g**2
    return p - lr * g / (average.sqrt() + eps), average
