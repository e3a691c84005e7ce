"""COMP0087, "Introduction to Machine Learning with PyTorch", slide "Optimizers": one step of Adam."""

from __future__ import annotations

from torch import Tensor


def adam_step(
    p: Tensor, g: Tensor, m: Tensor, v: Tensor, t: int, lr: float, beta1: float, beta2: float, eps: float
) -> tuple[Tensor, Tensor, Tensor]:
    """(p', m', v'): the averages are returned as they are, and corrected for their start at zero in the step only."""
    mean = beta1 * m + (1 - beta1) * g
    square = beta2 * v + (1 - beta2) * g**2
    root = (square / (1 - beta2**t)).sqrt()
    return p - lr * (mean / (1 - beta1**t)) / (root + eps), mean, square
