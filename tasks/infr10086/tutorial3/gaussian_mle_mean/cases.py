"""Inputs for gaussian_mle_mean.

Each column has a level of its own, so that the mean over everything is far from every entry, and the noise is skewed
(exponential), so that the median is not the mean.
"""

from __future__ import annotations

from typing import Any

import torch

from grader.author import noncontiguous


def worked_example(rng: torch.Generator) -> dict[str, Any]:
    """The example of the statement."""
    return {"samples": torch.tensor([[0.0, 1.0], [2.0, 1.0], [4.0, 7.0], [6.0, -1.0]])}


def skewed(rng: torch.Generator, n: int, d: int, dtype: torch.dtype, spread: float = 0.0) -> dict[str, Any]:
    """n samples in d dimensions around levels that are at least 1 apart, none of them near zero.

    A spread that is large, and cancels in the mean, shows where single precision was used on the way.
    """
    levels = 2.0 + 2.0 * torch.randperm(d, generator=rng).to(dtype) + torch.rand(d, generator=rng, dtype=dtype)
    noise = -torch.log1p(-torch.rand(n, d, generator=rng, dtype=dtype))
    wide = torch.rand(n, d, generator=rng, dtype=dtype)
    return {"samples": levels + noise + spread * (wide - wide.mean(dim=0))}


def skewed_with_gaps(rng: torch.Generator, n: int, d: int, dtype: torch.dtype) -> dict[str, Any]:
    """The same, not contiguous in memory."""
    return {"samples": noncontiguous(skewed(rng, n, d, dtype)["samples"])}
