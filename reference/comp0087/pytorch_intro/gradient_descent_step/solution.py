"""COMP0087, "Introduction to Machine Learning with PyTorch", slide "Gradients": θ − α ∂L/∂θ."""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor


def gradient_descent_step(theta: Tensor, loss_fn: Callable[[Tensor], Tensor], lr: float) -> Tensor:
    """The gradient is asked for at theta, which gets no `.grad` that way."""
    (gradient,) = torch.autograd.grad(loss_fn(theta), theta)
    return theta.detach() - lr * gradient
