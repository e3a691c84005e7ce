"""COMP0087, "Introduction to Machine Learning with PyTorch", slide "Optimizers": one step of Adadelta."""

from __future__ import annotations

from torch import Tensor


def adadelta_step(
    p: Tensor, g: Tensor, v: Tensor, u: Tensor, lr: float, rho: float, eps: float
) -> tuple[Tensor, Tensor, Tensor]:
    """(p - lr Δ, v', u') with v' from g², Δ = √(u + eps) / √(v' + eps) g, and u' from Δ²."""
    gradients = rho * v + (1 - rho) * g**2
    step = (u + eps).sqrt() / (gradients + eps).sqrt() * g
    return p - lr * step, gradients, rho * u + (1 - rho) * step**2
