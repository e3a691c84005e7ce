"""Three vectors, two of them leaves. No entry is near zero, and the terms of the sum do not cancel."""

from __future__ import annotations

from typing import Any

import torch

from grader.author import noncontiguous


def slide(rng: torch.Generator) -> dict[str, Any]:
    """The numbers of the slide."""
    return {
        "x": torch.tensor([-1.5, 1.2], requires_grad=True),
        "y": torch.tensor([1.0, -1.3]),
        "z": torch.tensor([-2.0, 0.2], requires_grad=True),
    }


def vectors(rng: torch.Generator, n: int, dtype: torch.dtype) -> dict[str, Any]:
    """Entries between 0.5 and 2 in size; the sum is at least a third of what it were without signs."""
    while True:
        x, y, z = _entries(rng, n, dtype), _entries(rng, n, dtype), _entries(rng, n, dtype)
        terms = x * y * z
        if 3 * terms.sum().abs() >= terms.abs().sum():
            return {"x": x.requires_grad_(), "y": y, "z": z.requires_grad_()}


def many(rng: torch.Generator, n: int, dtype: torch.dtype) -> dict[str, Any]:
    """So many that digits lost anywhere show: the sum is small against its terms."""
    return {
        "x": _entries(rng, n, dtype).requires_grad_(),
        "y": _entries(rng, n, dtype),
        "z": _entries(rng, n, dtype).requires_grad_(),
    }


def strided(rng: torch.Generator, n: int, dtype: torch.dtype) -> dict[str, Any]:
    """The same with a constant that is not contiguous."""
    made = vectors(rng, n, dtype)
    return {**made, "y": noncontiguous(made["y"])}


def _entries(rng: torch.Generator, n: int, dtype: torch.dtype) -> torch.Tensor:
    sizes = 0.5 + 1.5 * torch.rand(n, generator=rng, dtype=dtype)
    signs = 2 * torch.randint(0, 2, (n,), generator=rng).to(dtype) - 1
    return sizes * signs
