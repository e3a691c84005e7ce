"""Inputs for squared_distance_term: a mean well below all samples, so that no entry of the gradient is small.

A level that is added to samples and mean alike shows, in double precision, where single precision was used on the way.
"""

from __future__ import annotations

from typing import Any

import torch

from grader.author import noncontiguous


def worked_example(rng: torch.Generator) -> dict[str, Any]:
    """The example of the statement."""
    return {
        "samples": torch.tensor([[0.0, 0.0], [2.0, 0.0], [0.0, 4.0]]),
        "mu": torch.tensor([1.0, 1.0], requires_grad=True),
        "var_": 2.0,
    }


def gaussian(
    rng: torch.Generator, n: int, d: int, var_: float, dtype: torch.dtype, level: float = 0.0
) -> dict[str, Any]:
    """n samples in d dimensions, uniform within 1 of 3/2, and a mean between -1 and 1/4."""
    mu = level - 1.0 + 1.25 * torch.rand(d, generator=rng, dtype=dtype)
    samples = level + 0.5 + 2.0 * torch.rand(n, d, generator=rng, dtype=dtype)
    return {"samples": samples, "mu": mu.requires_grad_(), "var_": var_}


def gaussian_with_gaps(rng: torch.Generator, n: int, d: int, var_: float, dtype: torch.dtype) -> dict[str, Any]:
    """The same with samples that are not contiguous in memory."""
    made = gaussian(rng, n, d, var_, dtype)
    return made | {"samples": noncontiguous(made["samples"])}
