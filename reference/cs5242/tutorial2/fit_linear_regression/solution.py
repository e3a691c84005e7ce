"""CS5242, Tutorial 2, Q5: gradient descent on Σ (x w + b − y_true)² until the loss is below a tolerance."""

from __future__ import annotations

import torch
from torch import Tensor


def fit_linear_regression(
    x: Tensor, y_true: Tensor, lr: float, tol: float, max_steps: int
) -> tuple[Tensor, Tensor, list[float]]:
    """From a standard normal start; losses[k] is the loss before update k."""
    w = torch.randn(x.shape[1], dtype=x.dtype, device=x.device, requires_grad=True)
    b = torch.randn(1, dtype=x.dtype, device=x.device, requires_grad=True)
    losses: list[float] = []
    while True:
        loss = ((x @ w + b - y_true) ** 2).sum()
        losses.append(loss.item())
        if losses[-1] < tol or len(losses) >= max_steps:
            return w.detach(), b.detach(), losses
        gradient_w, gradient_b = torch.autograd.grad(loss, (w, b))
        with torch.no_grad():
            w -= lr * gradient_w
            b -= lr * gradient_b
