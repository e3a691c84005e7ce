"""Additivity of a layer, put to the test (INFR10086, Tutorial 3, section 3)."""

from __future__ import annotations

import torch


def linearity_gap(layer: torch.nn.Linear, x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """f(x + y) - f(x) - f(y); the bias is in each of the three, so that one is missing in the end: the gap is -bias."""
    return layer(x + y) - layer(x) - layer(y)
