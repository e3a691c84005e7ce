"""Probabilities and labels. The two labels come in turn, so that both terms of the loss occur."""

from __future__ import annotations

from typing import Any

import torch

from grader.author import noncontiguous


def worked_example(rng: torch.Generator) -> dict[str, Any]:
    """The example of the statement."""
    return {"f": torch.tensor([0.5, 0.8, 0.8], requires_grad=True), "y": torch.tensor([1.0, 1.0, 0.0])}


def ordinary(rng: torch.Generator, n: int, dtype: torch.dtype) -> dict[str, Any]:
    """Likely and unlikely labels of both kinds."""
    return {"f": _probabilities(rng, n, dtype).requires_grad_(), "y": _labels(rng, n, dtype)}


def strided(rng: torch.Generator, n: int, dtype: torch.dtype) -> dict[str, Any]:
    """The same with labels that are not contiguous in memory."""
    return {"f": _probabilities(rng, n, dtype).requires_grad_(), "y": noncontiguous(_labels(rng, n, dtype))}


def single(rng: torch.Generator, label: float, dtype: torch.dtype) -> dict[str, Any]:
    """One entry with a given label."""
    return {"f": _probabilities(rng, 1, dtype).requires_grad_(), "y": torch.full((1,), label, dtype=dtype)}


def near_the_ends(rng: torch.Generator, n: int, dtype: torch.dtype) -> dict[str, Any]:
    """0.01, 0.01, 0.99, 0.99 and so on: each with both labels."""
    f = torch.tensor([0.01, 0.01, 0.99, 0.99], dtype=dtype).repeat(n)[:n]
    return {"f": f.requires_grad_(), "y": _labels(rng, n, dtype)}


def _probabilities(rng: torch.Generator, n: int, dtype: torch.dtype) -> torch.Tensor:
    """Below and above one half in pairs, and never near it, where log f and log(1 - f) are the same."""
    low = torch.tensor([0.1, 0.1, 0.6, 0.6], dtype=dtype).repeat(n)[:n]
    return low + 0.3 * torch.rand(n, generator=rng, dtype=dtype)


def _labels(rng: torch.Generator, n: int, dtype: torch.dtype) -> torch.Tensor:
    """Both labels in turn."""
    first = int(torch.randint(0, 2, (), generator=rng))
    return torch.tensor([first, 1 - first], dtype=dtype).repeat(n)[:n]
