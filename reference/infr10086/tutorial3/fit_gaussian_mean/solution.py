"""Gradient descent on the average negative log-likelihood of a Gaussian mean (INFR10086, Tutorial 3, section 2)."""

from __future__ import annotations

import math

import torch


def fit_gaussian_mean(
    samples: torch.Tensor, mu0: torch.Tensor, var_: float, lr: float, steps: int
) -> tuple[torch.Tensor, list[float]]:
    """(mu, losses) after `steps` updates mu <- mu - lr ∇L(mu) from mu0; each loss is taken before its update."""
    mu = mu0.clone().requires_grad_()
    losses = []
    for _ in range(steps):
        loss = _neg_log_likelihood(samples, mu, var_)
        losses.append(loss.item())
        (gradient,) = torch.autograd.grad(loss, mu)
        with torch.no_grad():
            mu -= lr * gradient
    return mu.detach(), losses


def _neg_log_likelihood(samples: torch.Tensor, mu: torch.Tensor, var_: float) -> torch.Tensor:
    """Eq. (2) with its sign turned and divided by n."""
    n, d = samples.shape
    squared_distances = (samples - mu).square().sum()
    return d / 2 * math.log(2 * math.pi * var_) + squared_distances / (2 * var_ * n)
