"""Predictions that are off by 1/2 to 2, some of them too high and some too low."""

from __future__ import annotations

from typing import Any

import torch

from grader.author import noncontiguous


def worked_example(rng: torch.Generator) -> dict[str, Any]:
    """The example of the statement."""
    return {"y_hat": torch.tensor([2.5, 0.0, 1.0], requires_grad=True), "y": torch.tensor([1.0, 3.0, -1.0])}


def tutorial(rng: torch.Generator) -> dict[str, Any]:
    """The one prediction of the workshop: 5 where 10 is right."""
    return {"y_hat": torch.tensor([5.0], requires_grad=True), "y": torch.tensor([10.0])}


def vectors(rng: torch.Generator, n: int, dtype: torch.dtype, level: float = 0.0) -> dict[str, Any]:
    """n predictions and n targets; at a high level, single precision does not see their differences well."""
    y_hat, y = (level + part for part in _pair(rng, n, dtype))
    return {"y_hat": y_hat.requires_grad_(), "y": y}


def with_gaps(rng: torch.Generator, n: int, dtype: torch.dtype) -> dict[str, Any]:
    """The same with targets that are not contiguous in memory."""
    y_hat, y = _pair(rng, n, dtype)
    return {"y_hat": y_hat.requires_grad_(), "y": noncontiguous(y)}


def perfect(rng: torch.Generator, n: int, dtype: torch.dtype) -> dict[str, Any]:
    """Whole numbers, all of them predicted exactly, and no two of them equal."""
    y = torch.randperm(4 * n, generator=rng)[:n].to(dtype) - n
    return {"y_hat": y.clone().requires_grad_(), "y": y}


def _pair(rng: torch.Generator, n: int, dtype: torch.dtype) -> tuple[torch.Tensor, torch.Tensor]:
    """At least a third of the predictions are too high, and at least a third too low."""
    y = torch.randn(n, generator=rng, dtype=dtype)
    size = 0.5 + 1.5 * torch.rand(n, generator=rng, dtype=dtype)
    sign = torch.ones(n, dtype=dtype)
    sign[: n // 3 + int(torch.randint(0, 1 + n // 3, (), generator=rng))] = -1
    return y + size * sign[torch.randperm(n, generator=rng)], y
