"""Sizes, parameters to load, an input and the weights of the outputs."""

from __future__ import annotations

from typing import Any

import torch

from grader.author import noncontiguous


def _away_from_zero(rng: torch.Generator, *shape: int, dtype: torch.dtype) -> torch.Tensor:
    """Between 0.5 and 2 in size, both signs: nothing is lost by chance."""
    sizes = 0.5 + 1.5 * torch.rand(*shape, generator=rng, dtype=dtype)
    return sizes * (2 * torch.randint(0, 2, shape, generator=rng).to(dtype) - 1)


def loaded(rng: torch.Generator, x_dim: int, y_dim: int, dtype: torch.dtype) -> dict[str, Any]:
    """Fresh numbers everywhere."""
    state = {
        "W": _away_from_zero(rng, y_dim, x_dim, dtype=dtype),
        "b": _away_from_zero(rng, y_dim, dtype=dtype),
    }
    x, v = _away_from_zero(rng, x_dim, dtype=dtype), _away_from_zero(rng, y_dim, dtype=dtype)
    return {"x_dim": x_dim, "y_dim": y_dim, "state": state, "x": x, "v": v}


def whole_numbers(rng: torch.Generator, x_dim: int, y_dim: int, dtype: torch.dtype) -> dict[str, Any]:
    """Whole numbers between -3 and 3, easy to follow by hand."""

    def draw(*shape: int) -> torch.Tensor:
        return torch.randint(-3, 4, shape, generator=rng).to(dtype)

    state = {"W": draw(y_dim, x_dim), "b": draw(y_dim)}
    return {"x_dim": x_dim, "y_dim": y_dim, "state": state, "x": draw(x_dim), "v": torch.ones(y_dim, dtype=dtype)}


def strided(rng: torch.Generator, x_dim: int, y_dim: int, dtype: torch.dtype) -> dict[str, Any]:
    """The same with an input that is not contiguous."""
    made = loaded(rng, x_dim, y_dim, dtype)
    return {
        "x_dim": x_dim,
        "y_dim": y_dim,
        "state": made["state"],
        "x": noncontiguous(made["x"]),
        "v": made["v"],
    }
