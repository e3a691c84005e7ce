"""Scores and labels. Neighbouring entries differ in label or in whether score and label agree."""

from __future__ import annotations

from typing import Any

import torch

from grader.author import noncontiguous


def worked_example(rng: torch.Generator) -> dict[str, Any]:
    """The example of the statement."""
    return {"f": torch.tensor([2.0, 2.0, 0.0], requires_grad=True), "y": torch.tensor([1.0, -1.0, 1.0])}


def ordinary(rng: torch.Generator, n: int, dtype: torch.dtype) -> dict[str, Any]:
    """Scores between 0.5 and 4 in size."""
    f, y = _scores(rng, n, dtype)
    return {"f": f.requires_grad_(), "y": y}


def strided(rng: torch.Generator, n: int, dtype: torch.dtype) -> dict[str, Any]:
    """The same with labels that are not contiguous in memory."""
    f, y = _scores(rng, n, dtype)
    return {"f": f.requires_grad_(), "y": noncontiguous(y)}


def far(rng: torch.Generator, n: int, dtype: torch.dtype) -> dict[str, Any]:
    """Scores of ±1000."""
    y, agree = _labels(rng, n, dtype)
    return {"f": (1000.0 * y * agree).requires_grad_(), "y": y}


def single(rng: torch.Generator, dtype: torch.dtype) -> dict[str, Any]:
    """One positive score of an example with the label -1."""
    f = 0.5 + 3.5 * torch.rand(1, generator=rng, dtype=dtype)
    return {"f": f.requires_grad_(), "y": torch.full((1,), -1.0, dtype=dtype)}


def zero(rng: torch.Generator, n: int, dtype: torch.dtype) -> dict[str, Any]:
    """Every second score is exactly zero, beginning with the first."""
    f, y = _scores(rng, n, dtype)
    f[::2] = 0.0
    return {"f": f.requires_grad_(), "y": y}


def _scores(rng: torch.Generator, n: int, dtype: torch.dtype) -> tuple[torch.Tensor, torch.Tensor]:
    y, agree = _labels(rng, n, dtype)
    sizes = 0.5 + 3.5 * torch.rand(n, generator=rng, dtype=dtype)
    sizes[0] = 3.5  # one large loss at least
    return y * agree * sizes, y


def _labels(rng: torch.Generator, n: int, dtype: torch.dtype) -> tuple[torch.Tensor, torch.Tensor]:
    """Labels in turn, and 1 or -1 for whether the score is to have the same sign: the first one does not."""
    first = 2 * int(torch.randint(0, 2, (), generator=rng)) - 1
    y = torch.tensor([1.0, -1.0], dtype=dtype).repeat(n)[:n] * first
    agree = torch.tensor([-1.0, -1.0, 1.0, 1.0], dtype=dtype).repeat(n)[:n]
    return y, agree
