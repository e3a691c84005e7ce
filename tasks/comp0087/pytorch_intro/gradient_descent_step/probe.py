"""The losses: each maps a tensor to a 0-dim tensor."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch

Loss = Callable[[torch.Tensor], torch.Tensor]


def bowl(weights: list[Any], centre: list[Any]) -> Loss:
    """The weighted sum of squared distances from the centre."""

    def loss(theta: torch.Tensor) -> torch.Tensor:
        distance = theta - torch.tensor(centre, dtype=theta.dtype)
        return (torch.tensor(weights, dtype=theta.dtype) * distance**2).sum()

    return loss


def waves(weights: list[Any]) -> Loss:
    """The weighted sum of sines, plus half the squared mean."""

    def loss(theta: torch.Tensor) -> torch.Tensor:
        return (torch.tensor(weights, dtype=theta.dtype) * torch.sin(theta)).sum() + theta.mean() ** 2 / 2

    return loss


def picked(index: int) -> Loss:
    """The fourth power of one entry."""

    def loss(theta: torch.Tensor) -> torch.Tensor:
        return theta[index] ** 4

    return loss
