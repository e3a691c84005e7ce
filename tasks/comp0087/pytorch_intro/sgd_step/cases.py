"""Parameters and gradients between 0.5 and 2 in size, gradients of both signs in turn."""

from __future__ import annotations

from typing import Any

import torch

from grader.author import noncontiguous


def worked_example(rng: torch.Generator) -> dict[str, Any]:
    """The example of the statement."""
    return {"p": torch.tensor([1.0, -2.0, 0.5]), "g": torch.tensor([0.5, 1.0, -4.0]), "lr": 0.1}


def anywhere(rng: torch.Generator, n: int, lr: float, dtype: torch.dtype) -> dict[str, Any]:
    """A step from anywhere."""
    return {"p": _parameters(rng, n, dtype), "g": _gradient(rng, n, dtype), "lr": lr}


def from_the_origin(rng: torch.Generator, n: int, lr: float, dtype: torch.dtype) -> dict[str, Any]:
    """What is returned is the step itself."""
    return {"p": torch.zeros(n, dtype=dtype), "g": _gradient(rng, n, dtype), "lr": lr}


def nearly_to_the_origin(rng: torch.Generator, n: int, lr: float, dtype: torch.dtype) -> dict[str, Any]:
    """The step takes nearly everything away, and with it the digits that single precision holds."""
    g = _gradient(rng, n, dtype)
    return {"p": lr * g * (1.0 + 0.05 * _sizes(rng, n, dtype)), "g": g, "lr": lr}


def some_zeros(rng: torch.Generator, n: int, lr: float, dtype: torch.dtype) -> dict[str, Any]:
    """Every second gradient is zero."""
    g = _gradient(rng, n, dtype)
    g[::2] = 0.0
    return {"p": _parameters(rng, n, dtype), "g": g, "lr": lr}


def strided(rng: torch.Generator, n: int, lr: float, dtype: torch.dtype) -> dict[str, Any]:
    """Neither is contiguous in memory."""
    p, g = _parameters(rng, n, dtype), _gradient(rng, n, dtype)
    return {"p": noncontiguous(p), "g": noncontiguous(g), "lr": lr}


def _parameters(rng: torch.Generator, n: int, dtype: torch.dtype) -> torch.Tensor:
    signs = 2 * torch.randint(0, 2, (n,), generator=rng).to(dtype) - 1
    return signs * _sizes(rng, n, dtype)


def _gradient(rng: torch.Generator, n: int, dtype: torch.dtype) -> torch.Tensor:
    return torch.tensor([-1.0, 1.0], dtype=dtype).repeat(n)[:n] * _sizes(rng, n, dtype)


def _sizes(rng: torch.Generator, n: int, dtype: torch.dtype) -> torch.Tensor:
    return 0.5 + 1.5 * torch.rand(n, generator=rng, dtype=dtype)
