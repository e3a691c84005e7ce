"""Scores and labels. But where a maker says so, every y·f is at least 0.3 away from the kink at 1."""

from __future__ import annotations

from typing import Any

import torch

from grader.author import noncontiguous

# Lower and upper bounds of y·f: on the wrong side, inside the margin, beyond it.
LOW = torch.tensor([-3.0, 0.2, 1.5])
HIGH = torch.tensor([-0.5, 0.7, 3.0])


def worked_example(rng: torch.Generator) -> dict[str, Any]:
    """The example of the statement."""
    f = torch.tensor([2.0, 0.5, -1.0, 0.5], requires_grad=True)
    return {"f": f, "y": torch.tensor([1.0, 1.0, 1.0, -1.0])}


def ordinary(rng: torch.Generator, n: int, dtype: torch.dtype) -> dict[str, Any]:
    """Each of the three kinds with both labels, from six entries on."""
    f, y = _scores(rng, n, dtype)
    return {"f": f.requires_grad_(), "y": y}


def strided(rng: torch.Generator, n: int, dtype: torch.dtype) -> dict[str, Any]:
    """The same with labels that are not contiguous in memory."""
    f, y = _scores(rng, n, dtype)
    return {"f": f.requires_grad_(), "y": noncontiguous(y)}


def single(rng: torch.Generator, dtype: torch.dtype) -> dict[str, Any]:
    """The right sign, but not far enough from zero; the label is -1."""
    f = -0.2 - 0.5 * torch.rand(1, generator=rng, dtype=dtype)
    return {"f": f.requires_grad_(), "y": torch.full((1,), -1.0, dtype=dtype)}


def just_inside(rng: torch.Generator, n: int, dtype: torch.dtype) -> dict[str, Any]:
    """Losses between 0.02 and 0.05, which single precision cuts short."""
    y = _labels(rng, n, dtype)
    return {"f": (y * (0.98 - 0.03 * torch.rand(n, generator=rng, dtype=dtype))).requires_grad_(), "y": y}


def beyond(rng: torch.Generator, n: int, dtype: torch.dtype) -> dict[str, Any]:
    """Every loss is zero. Which graph hangs on a zero that a maximum chose is a matter of style."""
    y = _labels(rng, n, dtype)
    return {"f": y * (1.5 + 1.5 * torch.rand(n, generator=rng, dtype=dtype)), "y": y}


def at_the_margin(rng: torch.Generator, n: int, dtype: torch.dtype) -> dict[str, Any]:
    """Whole numbers: y·f is 1, -1, 2 and 0 in turn."""
    y = _labels(rng, n, dtype)
    return {"f": y * torch.tensor([1.0, -1.0, 2.0, 0.0], dtype=dtype).repeat(n)[:n], "y": y}


def _scores(rng: torch.Generator, n: int, dtype: torch.dtype) -> tuple[torch.Tensor, torch.Tensor]:
    y = _labels(rng, n, dtype)
    low, high = (bounds.to(dtype).repeat(n)[:n] for bounds in (LOW, HIGH))
    return y * (low + (high - low) * torch.rand(n, generator=rng, dtype=dtype)), y


def _labels(rng: torch.Generator, n: int, dtype: torch.dtype) -> torch.Tensor:
    """Both labels in turn."""
    first = 2 * int(torch.randint(0, 2, (), generator=rng)) - 1
    return torch.tensor([1.0, -1.0], dtype=dtype).repeat(n)[:n] * first
