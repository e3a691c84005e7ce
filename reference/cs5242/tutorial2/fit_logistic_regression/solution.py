"""CS5242, Tutorial 2, Q6: gradient descent on the summed binary cross entropy until it is at most a tolerance."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn.functional import softplus


def fit_logistic_regression(
    x: Tensor, y01: Tensor, lr: float, tol: float, max_steps: int
) -> tuple[Tensor, Tensor, list[float]]:
    """From a standard normal start; losses[k] is the loss before update k."""
    signs = 1 - 2 * y01
    w = torch.randn(x.shape[1], dtype=x.dtype, device=x.device, requires_grad=True)
    b = torch.randn(1, dtype=x.dtype, device=x.device, requires_grad=True)
    losses: list[float] = []
    while True:
        loss = softplus(signs * (x @ w + b)).sum()
        losses.append(loss.item())
        if losses[-1] <= tol or len(losses) >= max_steps:
            return w.detach(), b.detach(), losses
        gradient_w, gradient_b = torch.autograd.grad(loss, (w, b))
        with torch.no_grad():
            w -= lr * gradient_w
            b -= lr * gradient_b
