"""CS5242, Tutorial 2, Q1: the parameters that generate the data."""

from __future__ import annotations

import torch
from torch import Tensor


def make_true_parameters(d: int, device: torch.device) -> tuple[Tensor, Tensor]:
    """5·N(0, 1) for every weight (d,), -2·N(0, 1) for the bias (1,)."""
    return 5 * torch.randn(d, device=device), -2 * torch.randn(1, device=device)
