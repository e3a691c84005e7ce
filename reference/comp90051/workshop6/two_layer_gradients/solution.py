"""Gradients of a network of two layers (COMP90051, Workshop week 6, "Autograd")."""

from __future__ import annotations

import torch
from torch import Tensor


def two_layer_gradients(
    a: Tensor, b: Tensor, y: Tensor, w0: Tensor, w1: Tensor, v: Tensor
) -> tuple[Tensor, Tensor, Tensor]:
    """(∂L/∂w0, ∂L/∂w1, ∂L/∂v) of L = (v (a w0 + b w1) - y)², taken at leaves of its own."""
    w0, w1, v = (weight.detach().requires_grad_() for weight in (w0, w1, v))
    loss = (v * (a * w0 + b * w1) - y).square()
    by_w0, by_w1, by_v = torch.autograd.grad(loss, (w0, w1, v))
    return by_w0, by_w1, by_v
