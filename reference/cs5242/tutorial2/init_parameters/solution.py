"""CS5242, Tutorial 2, Q2: two standard normal tensors with requires_grad switched on."""

from __future__ import annotations

import torch
from torch import Tensor


def init_parameters(d: int, device: torch.device) -> tuple[Tensor, Tensor]:
    """w (d,) and b (1,), made on the device so that they are leaves there."""
    w = torch.randn(d, device=device, requires_grad=True)
    b = torch.randn(1, device=device, requires_grad=True)
    return w, b
