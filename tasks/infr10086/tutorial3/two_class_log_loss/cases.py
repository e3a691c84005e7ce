"""Inputs for two_class_log_loss: weights and an example with a chosen gap between the two scores."""

from __future__ import annotations

from typing import Any

import torch


def tutorial(rng: torch.Generator) -> dict[str, Any]:
    """The numbers of the tutorial: scores 32 and 50."""
    w = torch.tensor([[4.0, 5.0, 6.0], [7.0, 8.0, 9.0]], dtype=torch.float64)
    return {"w": w.numpy(), "x_i": torch.tensor([1.0, 2.0, 3.0], dtype=torch.float64).numpy()}


def two_scores(rng: torch.Generator, d: int, low: float, high: float, level: float = 0.0) -> dict[str, Any]:
    """A gap s1 - s0 between low and high; `level` is added to both scores."""
    signs = 2.0 * torch.randint(0, 2, (d,), generator=rng, dtype=torch.float64) - 1.0
    x_i = signs * _between(rng, 0.5, 2.0, d)
    parts = _between(rng, -4.0, 4.0, d)  # of the gap, one a feature
    parts[-1] = _between(rng, low, high, 1) - parts[:-1].sum()
    w = torch.zeros(2, d, dtype=torch.float64)
    w[0] = _between(rng, -4.0, 4.0, d)
    w[0, 0] += level / x_i[0]
    w[1] = w[0] + parts / x_i
    return {"w": w.numpy(), "x_i": x_i.numpy()}


def _between(rng: torch.Generator, low: float, high: float, size: int) -> torch.Tensor:
    return low + (high - low) * torch.rand(size, generator=rng, dtype=torch.float64)
