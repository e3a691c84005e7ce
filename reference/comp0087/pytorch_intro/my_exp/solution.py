"""COMP0087, "Introduction to Machine Learning with PyTorch", "PyTorch Autograd Function": exp and its derivative."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor


class MyExp(torch.autograd.Function):
    """Elementwise exponential; the saved result is its own derivative."""

    @staticmethod
    def forward(ctx: Any, x: Tensor) -> Tensor:
        """exp(x), kept for the backward pass."""
        y = torch.exp(x)
        ctx.save_for_backward(y)
        return y

    @staticmethod
    def backward(ctx: Any, grad_output: Tensor) -> Tensor:
        """The incoming gradient times exp(x)."""
        y: Tensor
        (y,) = ctx.saved_tensors
        return grad_output * y
