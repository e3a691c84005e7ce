"""Inputs for softmax_probability: two weight vectors and an example with a chosen gap between the scores.

The parts of a score, one a feature, may be large while their sum is not; in double precision that shows where single
precision was used on the way. The score of class -1 is never near zero, so that it cannot be forgotten unnoticed.
"""

from __future__ import annotations

from typing import Any

import torch

from grader.author import noncontiguous


def worked_example(rng: torch.Generator) -> dict[str, Any]:
    """The example of the statement: scores 1 and 3."""
    return {
        "w_pos": torch.tensor([3.0, -5.0], requires_grad=True),
        "w_neg": torch.tensor([0.0, 3.0], requires_grad=True),
        "x": torch.tensor([2.0, 1.0]),
    }


def two_scores(
    rng: torch.Generator,
    d: int,
    low: float,
    high: float,
    dtype: torch.dtype,
    level: float = 0.0,
    spread: float = 1.5,
) -> dict[str, Any]:
    """A gap between low and high; the score of class -1 lies between 1/2 and 3/2 above `level`."""
    signs = 2.0 * torch.randint(0, 2, (d,), generator=rng).to(dtype) - 1.0
    x = signs * (0.5 + 1.5 * torch.rand(d, generator=rng, dtype=dtype))
    negative = level + 0.5 + torch.rand((), generator=rng, dtype=dtype)
    positive = negative + low + (high - low) * torch.rand((), generator=rng, dtype=dtype)
    w_pos, w_neg = (_parts(rng, score, d, spread) / x for score in (positive, negative))
    return {"w_pos": w_pos.requires_grad_(), "w_neg": w_neg.requires_grad_(), "x": x}


def two_scores_with_gaps(rng: torch.Generator, d: int, low: float, high: float, dtype: torch.dtype) -> dict[str, Any]:
    """The same with an example that is not contiguous in memory."""
    made = two_scores(rng, d, low, high, dtype)
    return made | {"x": noncontiguous(made["x"])}


def _parts(rng: torch.Generator, score: torch.Tensor, d: int, spread: float) -> torch.Tensor:
    """d numbers that add up to the score, all but the last of them up to `spread` in size."""
    parts = spread * (2.0 * torch.rand(d, generator=rng, dtype=score.dtype) - 1.0)
    parts[-1] = score - parts[:-1].sum()
    return parts
