"""Probability of a label of +1 or -1 (INFR10086, Tutorial 3, section 3, eq. (6))."""

from __future__ import annotations

import torch


def probability(y: int, w: torch.Tensor, x: torch.Tensor) -> torch.Tensor:
    """The logistic function of y wᵀx."""
    return torch.sigmoid(y * torch.dot(w, x))
