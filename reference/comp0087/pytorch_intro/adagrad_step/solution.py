"""COMP0087, "Introduction to Machine Learning with PyTorch", slide "Optimizers": one step of Adagrad."""

from __future__ import annotations

from torch import Tensor


def adagrad_step(p: Tensor, g: Tensor, s: Tensor, lr: float, eps: float) -> tuple[Tensor, Tensor]:
    """(p - lr g / (√s' + eps), s') with s' = s + g²."""
    total = s + g**2
    return p - lr * g / (total.sqrt() + eps), total
