"""Predictions and targets. Errors are mostly between 1.25 and 3 in size: squaring them and halving them both show."""

from __future__ import annotations

from typing import Any

import torch

from grader.author import noncontiguous


def worked_example(rng: torch.Generator) -> dict[str, Any]:
    """The example of the statement."""
    return {"f": torch.tensor([3.0, -1.0, 0.5], requires_grad=True), "y": torch.tensor([1.0, 1.0, 0.0])}


def apart(rng: torch.Generator, n: int, dtype: torch.dtype) -> dict[str, Any]:
    """Predictions above and below their targets."""
    y = _targets(rng, n, dtype)
    return {"f": (y + _errors(rng, n, dtype)).requires_grad_(), "y": y}


def close(rng: torch.Generator, n: int, dtype: torch.dtype) -> dict[str, Any]:
    """Errors of about a tenth, which single precision cuts short."""
    y = 2.0 * _targets(rng, n, dtype)
    return {"f": (y + 0.05 * _errors(rng, n, dtype)).requires_grad_(), "y": y}


def some_hits(rng: torch.Generator, n: int, dtype: torch.dtype) -> dict[str, Any]:
    """Whole numbers; every second error is exactly zero."""
    y = torch.randint(-4, 5, (n,), generator=rng).to(dtype)
    errors = torch.tensor([0.0, 2.0, 0.0, -3.0], dtype=dtype).repeat(n)[:n]
    return {"f": (y + errors).requires_grad_(), "y": y}


def strided(rng: torch.Generator, n: int, dtype: torch.dtype) -> dict[str, Any]:
    """Targets that are not contiguous in memory."""
    y = _targets(rng, n, dtype)
    return {"f": (y + _errors(rng, n, dtype)).requires_grad_(), "y": noncontiguous(y)}


def _targets(rng: torch.Generator, n: int, dtype: torch.dtype) -> torch.Tensor:
    """Between 0.5 and 2 in size, both signs."""
    return _signs(rng, n, dtype) * (0.5 + 1.5 * torch.rand(n, generator=rng, dtype=dtype))


def _errors(rng: torch.Generator, n: int, dtype: torch.dtype) -> torch.Tensor:
    return _signs(rng, n, dtype) * (1.25 + 1.75 * torch.rand(n, generator=rng, dtype=dtype))


def _signs(rng: torch.Generator, n: int, dtype: torch.dtype) -> torch.Tensor:
    return 2 * torch.randint(0, 2, (n,), generator=rng).to(dtype) - 1
