"""Average negative log-likelihood of a Gaussian mean (INFR10086, Tutorial 3, eq. (2) divided by n)."""

from __future__ import annotations

import math

import torch


def neg_log_likelihood(samples: torch.Tensor, mu: torch.Tensor, var_: float | torch.Tensor) -> torch.Tensor:
    """d/2 log 2π + d/2 log var_ + Σᵢ‖xᵢ − mu‖² / (2 var_ n), differentiable in mu and in a tensor var_."""
    n, d = samples.shape
    variance = torch.as_tensor(var_, dtype=samples.dtype, device=samples.device)
    squared_distances = (samples - mu).square().sum()
    return d / 2 * (math.log(2 * math.pi) + torch.log(variance)) + squared_distances / (2 * variance * n)
