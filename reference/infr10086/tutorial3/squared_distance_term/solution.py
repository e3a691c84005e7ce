"""Average squared distance over twice the variance (INFR10086, Tutorial 3, section 2, eq. (3))."""

from __future__ import annotations

import torch


def squared_distance_term(samples: torch.Tensor, mu: torch.Tensor, var_: float) -> torch.Tensor:
    """Σᵢ‖xᵢ − mu‖² / (2 var_ n), where the squared norms are sums of squared entries."""
    return (samples - mu).square().sum() / (2 * var_ * samples.shape[0])
