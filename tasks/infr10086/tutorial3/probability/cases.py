"""Inputs for probability: a label, weights and an example with a chosen score.

The parts of the score, one a feature, may be large while their sum is not; in double precision that shows where single
precision was used on the way.
"""

from __future__ import annotations

from typing import Any

import torch

from grader.author import noncontiguous


def worked_example(rng: torch.Generator) -> dict[str, Any]:
    """The example of the statement: score 2, label -1."""
    return {"y": -1, "w": torch.tensor([1.0, -2.0], requires_grad=True), "x": torch.tensor([4.0, 1.0])}


def scored(
    rng: torch.Generator, y: int, d: int, low: float, high: float, dtype: torch.dtype, spread: float = 1.5
) -> dict[str, Any]:
    """A score between low and high; all but the last of its parts are up to `spread` in size."""
    signs = 2.0 * torch.randint(0, 2, (d,), generator=rng).to(dtype) - 1.0
    x = signs * (0.5 + 1.5 * torch.rand(d, generator=rng, dtype=dtype))
    parts = spread * (2.0 * torch.rand(d, generator=rng, dtype=dtype) - 1.0)
    score = low + (high - low) * torch.rand((), generator=rng, dtype=dtype)
    parts[-1] = score - parts[:-1].sum()
    return {"y": y, "w": (parts / x).requires_grad_(), "x": x}


def scored_with_gaps(
    rng: torch.Generator, y: int, d: int, low: float, high: float, dtype: torch.dtype
) -> dict[str, Any]:
    """The same with an example that is not contiguous in memory."""
    made = scored(rng, y, d, low, high, dtype)
    return made | {"x": noncontiguous(made["x"])}
