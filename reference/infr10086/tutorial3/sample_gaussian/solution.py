"""Gaussian samples around the origin (INFR10086, Tutorial 3, section 2)."""

from __future__ import annotations

import math

import torch


def sample_gaussian(n: int, d: int, var_: float) -> torch.Tensor:
    """n rows x ~ N(0, var_ I): standard normal draws times the standard deviation."""
    return math.sqrt(var_) * torch.randn(n, d)
