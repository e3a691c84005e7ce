"""CS5242, Tutorial 2, Q1: a random normal tensor on the device."""

from __future__ import annotations

import torch
from torch import Tensor


def make_inputs(n: int, d: int, device: torch.device) -> Tensor:
    """(n, d), made on the device at once."""
    return torch.randn(n, d, device=device)
