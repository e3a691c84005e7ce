"""Scores for sign. Every tensor of two entries or more holds both signs."""

from __future__ import annotations

from typing import Any

import torch

from grader.author import noncontiguous


def worked_example(rng: torch.Generator) -> dict[str, Any]:
    """The example of the statement."""
    return {"s": torch.tensor([2.5, 0.0, -0.5])}


def nonzero(rng: torch.Generator, n: int, dtype: torch.dtype) -> dict[str, Any]:
    """n scores between 0.25 and 4 in size."""
    return {"s": _scores(rng, n, dtype)}


def tiny(rng: torch.Generator, n: int, dtype: torch.dtype, size: float = 1e-12) -> dict[str, Any]:
    """The same, a million million times smaller, or so small that single precision would round them to zero."""
    return {"s": size * _scores(rng, n, dtype)}


def with_zeros(rng: torch.Generator, n: int, dtype: torch.dtype) -> dict[str, Any]:
    """One score in three is zero."""
    s = _scores(rng, n, dtype)
    s[torch.randperm(n, generator=rng)[: n // 3]] = 0.0
    return {"s": s}


def two_zeros(rng: torch.Generator, dtype: torch.dtype) -> dict[str, Any]:
    """0.0 and -0.0, which are equal, between two other scores."""
    first, last = _scores(rng, 2, dtype).tolist()
    return {"s": torch.tensor([first, 0.0, -0.0, last], dtype=dtype)}


def scalar(rng: torch.Generator, value: float, dtype: torch.dtype) -> dict[str, Any]:
    """A single score without dimensions."""
    return {"s": torch.tensor(value, dtype=dtype)}


def vector_of_one(rng: torch.Generator, dtype: torch.dtype) -> dict[str, Any]:
    """A single negative score in a vector."""
    return {"s": -_scores(rng, 1, dtype).abs()}


def matrix(rng: torch.Generator, n: int, m: int, dtype: torch.dtype) -> dict[str, Any]:
    """n rows of m scores."""
    return {"s": _scores(rng, n * m, dtype).reshape(n, m)}


def matrix_with_gaps(rng: torch.Generator, n: int, m: int, dtype: torch.dtype) -> dict[str, Any]:
    """The same, not contiguous in memory."""
    return {"s": noncontiguous(_scores(rng, n * m, dtype).reshape(n, m))}


def block(rng: torch.Generator, n: int, m: int, k: int, dtype: torch.dtype) -> dict[str, Any]:
    """Three dimensions."""
    return {"s": _scores(rng, n * m * k, dtype).reshape(n, m, k)}


def _scores(rng: torch.Generator, n: int, dtype: torch.dtype) -> torch.Tensor:
    """Between 0.25 and 4 in size; about half of them, in random places, are negative."""
    sizes = 0.25 + 3.75 * torch.rand(n, generator=rng, dtype=dtype)
    sizes[torch.randperm(n, generator=rng)[: n // 2]] *= -1.0
    return sizes
