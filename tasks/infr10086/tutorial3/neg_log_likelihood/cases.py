"""Inputs for neg_log_likelihood: Gaussian samples that lie off the mean they are scored with."""

from __future__ import annotations

from typing import Any

import torch

from grader.author import noncontiguous


def worked_example(rng: torch.Generator) -> dict[str, Any]:
    """The example of the statement."""
    return {
        "samples": torch.tensor([[0.0, 0.0], [2.0, 0.0], [0.0, 4.0]]),
        "mu": torch.tensor([1.0, 1.0], requires_grad=True),
        "var_": 4.0,
    }


def gaussian(
    rng: torch.Generator, n: int, d: int, var_: float, dtype: torch.dtype, level: float = 0.0
) -> dict[str, Any]:
    """n samples in d dimensions, `level` added to all their entries and to mu, and the variance as a Python number."""
    return {"samples": _samples(rng, n, d, dtype) + level, "mu": _leaf(rng, d, dtype, level), "var_": var_}


def gaussian_with_tensor_variance(
    rng: torch.Generator, n: int, d: int, var_: float, dtype: torch.dtype
) -> dict[str, Any]:
    """The same with the variance as a scalar tensor that requires a gradient."""
    variance = torch.tensor(var_, dtype=dtype, requires_grad=True)
    return {"samples": _samples(rng, n, d, dtype), "mu": _leaf(rng, d, dtype), "var_": variance}


def gaussian_with_gaps(rng: torch.Generator, n: int, d: int, var_: float, dtype: torch.dtype) -> dict[str, Any]:
    """The same with samples that are not contiguous in memory."""
    return {"samples": noncontiguous(_samples(rng, n, d, dtype)), "mu": _leaf(rng, d, dtype), "var_": var_}


def _samples(rng: torch.Generator, n: int, d: int, dtype: torch.dtype) -> torch.Tensor:
    """Centred at 3/2, so that neither a zero mean nor a sign goes unnoticed."""
    return 1.5 + torch.randn(n, d, generator=rng, dtype=dtype)


def _leaf(rng: torch.Generator, d: int, dtype: torch.dtype, level: float = 0.0) -> torch.Tensor:
    """A parameter of d entries within 1/2 of `level`."""
    return (torch.rand(d, generator=rng, dtype=dtype) - 0.5 + level).requires_grad_()
