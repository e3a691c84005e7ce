"""Inputs for fit_gaussian_mean: samples around 3/2, a start around 0, and a step size that descends."""

from __future__ import annotations

from typing import Any

import torch

from grader.author import noncontiguous


def worked_example(rng: torch.Generator) -> dict[str, Any]:
    """The example of the statement."""
    return {"samples": torch.tensor([[2.0]]), "mu0": torch.tensor([0.0]), "var_": 1.0, "lr": 0.5, "steps": 2}


def gaussian(
    rng: torch.Generator, n: int, d: int, var_: float, lr: float, steps: int, dtype: torch.dtype, level: float = 0.0
) -> dict[str, Any]:
    """A problem of n samples in d dimensions, `level` further out; lr / var_ below 1 descends without swinging."""
    samples, mu0 = _samples(rng, n, d, dtype) + level, _start(rng, d, dtype) + level
    return {"samples": samples, "mu0": mu0, "var_": var_, "lr": lr, "steps": steps}


def gaussian_with_gaps(
    rng: torch.Generator, n: int, d: int, var_: float, lr: float, steps: int, dtype: torch.dtype
) -> dict[str, Any]:
    """The same with samples that are not contiguous in memory."""
    samples, mu0 = noncontiguous(_samples(rng, n, d, dtype)), _start(rng, d, dtype)
    return {"samples": samples, "mu0": mu0, "var_": var_, "lr": lr, "steps": steps}


def _samples(rng: torch.Generator, n: int, d: int, dtype: torch.dtype) -> torch.Tensor:
    """Uniform within 1 of 3/2: the start lies outside, so that every step moves every entry."""
    return 0.5 + 2.0 * torch.rand(n, d, generator=rng, dtype=dtype)


def _start(rng: torch.Generator, d: int, dtype: torch.dtype) -> torch.Tensor:
    """Between -1/2 and 1/4."""
    return 0.75 * torch.rand(d, generator=rng, dtype=dtype) - 0.5
