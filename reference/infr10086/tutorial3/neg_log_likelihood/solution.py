"""Average negative log-likelihood of a Gaussian mean (INFR10086, Tutorial 3, eq. (2) divided by n)."""

from __future__ import annotations

import math

import torch


def neg_log_likelihood(samples: torch.Tensor, mu: torch.Tensor, var_: float | torch.Tensor) -> torch.Tensor:
    """d/2 log 2π + d/2 log var_ + Σᵢ‖xᵢ − mu‖² / (2 var_ n), differentiable in mu and in a tensor var_."""
    n, d = samples.shape
    log_variance = torch.log(var_) if isinstance(var_, torch.Tensor) else math.log(var_)
    squared_distances = (samples - mu).square().sum()
    return d / 2 * (math.log(2 * math.pi) + log_variance) + squared_distances / (2 * var_ * n)
