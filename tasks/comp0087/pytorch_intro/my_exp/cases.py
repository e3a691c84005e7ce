"""Inputs for `MyExp`: `x` and `y` are leaves, `v` weighs the result before it is summed."""

from __future__ import annotations

from typing import Any

import torch

from grader.author import noncontiguous


def _leaf(rng: torch.Generator, shape: list[int], dtype: torch.dtype) -> torch.Tensor:
    """Uniform between -2 and 2: exp stays between 0.13 and 7.4."""
    return (4 * torch.rand(shape, generator=rng, dtype=dtype) - 2).requires_grad_()


def _weights(rng: torch.Generator, shape: list[int], dtype: torch.dtype) -> torch.Tensor:
    """Between 0.5 and 2 with random signs, so that no entry of the gradient vanishes or is 1 by chance."""
    sizes = 0.5 + 1.5 * torch.rand(shape, generator=rng, dtype=dtype)
    signs = 2 * torch.randint(0, 2, shape, generator=rng).to(dtype) - 1
    return sizes * signs


def slide(rng: torch.Generator) -> dict[str, Any]:
    """The one number of the lecture."""
    x = torch.tensor([0.5], requires_grad=True)
    return {"how": "first", "x": x, "y": torch.tensor([0.0]), "v": torch.ones(1)}


def ordinary(rng: torch.Generator, shape: list[int], dtype: torch.dtype) -> dict[str, Any]:
    """A tensor of any shape."""
    x, v = _leaf(rng, shape, dtype), _weights(rng, shape, dtype)
    return {"how": "first", "x": x, "y": torch.zeros(1, dtype=dtype), "v": v}


def far_from_zero(rng: torch.Generator, dtype: torch.dtype) -> dict[str, Any]:
    """Zero itself, both signs, and results between 1e-9 and 1e9."""
    spread = torch.rand(4, generator=rng, dtype=dtype)
    x = torch.cat([torch.zeros(1, dtype=dtype), torch.tensor([-20.0, -5.0, 5.0, 20.0], dtype=dtype) + spread])
    return {"how": "first", "x": x.requires_grad_(), "y": torch.zeros(1, dtype=dtype), "v": _weights(rng, [5], dtype)}


def strided(rng: torch.Generator, rows: int, columns: int, dtype: torch.dtype) -> dict[str, Any]:
    """A matrix stored with gaps."""
    x, v = _leaf(rng, [rows, columns], dtype), _weights(rng, [rows, columns], dtype)
    return {"how": "first", "x": noncontiguous(x), "y": torch.zeros(1, dtype=dtype), "v": v}


def two_at_once(rng: torch.Generator, n: int, dtype: torch.dtype) -> dict[str, Any]:
    """Two leaves whose exponentials are multiplied, so that both calls are still needed in the backward pass."""
    x, y = _leaf(rng, [n], dtype), _leaf(rng, [n], dtype)
    return {"how": "product", "x": x, "y": y, "v": _weights(rng, [n], dtype)}


def checked(rng: torch.Generator, n: int) -> dict[str, Any]:
    """A float64 leaf for gradcheck, whose answer is a bool; `v` is not used."""
    x = _leaf(rng, [n], torch.float64)
    return {
        "how": "gradcheck",
        "x": x,
        "y": torch.zeros(1, dtype=torch.float64),
        "v": torch.ones((), dtype=torch.float64),
    }
