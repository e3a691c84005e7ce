"""The perceptron's step function (COMP90051, Workshop week 6, "Review of the perceptron")."""

from __future__ import annotations

import torch


def sign(s: torch.Tensor) -> torch.Tensor:
    """+1 where s >= 0, else -1, in the dtype of s."""
    one = torch.ones_like(s)
    return torch.where(s >= 0, one, -one)
