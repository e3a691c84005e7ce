"""Data that no weights fit well, and grids without order, so that every entry is well away from zero and its own."""

from __future__ import annotations

from typing import Any

import torch

from grader.author import noncontiguous


def worked_example(rng: torch.Generator) -> dict[str, Any]:
    """The example of the statement."""
    return {
        "X": torch.tensor([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0], [2.0, 0.0]]),
        "y": torch.tensor([1.0, 2.0, 3.0, 2.0]),
        "w1s": torch.tensor([0.0, 1.0]),
        "w2s": torch.tensor([0.0, 1.0, 2.0]),
    }


def data(rng: torch.Generator, n: int, m1: int, m2: int, dtype: torch.dtype) -> dict[str, Any]:
    """Positive features and weights, negative targets: no prediction comes within 1 of its target."""
    features = 0.5 + torch.rand(n, 2, generator=rng, dtype=dtype)
    features[:, 1] *= 2
    return {
        "X": features,
        "y": -1 - 2 * torch.rand(n, generator=rng, dtype=dtype),
        "w1s": _grid(rng, m1, dtype),
        "w2s": 0.75 * _grid(rng, m2, dtype),
    }


def strided(rng: torch.Generator, n: int, m1: int, m2: int, dtype: torch.dtype) -> dict[str, Any]:
    """The same with tensors that are not contiguous."""
    return {name: noncontiguous(tensor) for name, tensor in data(rng, n, m1, m2, dtype).items()}


def _grid(rng: torch.Generator, m: int, dtype: torch.dtype) -> torch.Tensor:
    """m different numbers between 0 and 4, shuffled."""
    steps = torch.arange(m, dtype=dtype) + 0.25 + 0.5 * torch.rand(m, generator=rng, dtype=dtype)
    return (4 * steps / m)[torch.randperm(m, generator=rng)]
