"""CS5242, Tutorial 2, Q4: the loss and what backward computes from it."""

from __future__ import annotations

import torch
from torch import Tensor


def loss_gradients(w: Tensor, b: Tensor, x: Tensor, y_true: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Differentiates with respect to detached copies, so that flags and .grad of the inputs stay as they are."""
    weights, bias = w.detach().requires_grad_(), b.detach().requires_grad_()
    loss = (x @ weights + bias - y_true).square().sum()
    gradient_w, gradient_b = torch.autograd.grad(loss, (weights, bias))
    return loss.detach(), gradient_w, gradient_b
