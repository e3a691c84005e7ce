"""Cells whose gates are neither shut nor open, and whose states are large enough for a tanh to show."""

from __future__ import annotations

from typing import Any

import torch

from grader.author import noncontiguous

GATES = ("i", "f", "o", "c")
WITH_GRADIENT = ("W_i", "W_f", "h_prev")


def worked_example(rng: torch.Generator) -> dict[str, Any]:
    """The example of the statement."""
    numbers = {
        "x_t": [1.0],
        "h_prev": [2.0],
        "c_prev": [2.6],
        "W_i": [[2.0, -1.0]],
        "b_i": [0.0],
        "W_f": [[-4.0, 1.0]],
        "b_f": [2.0],
        "W_o": [[3.0, -1.0]],
        "b_o": [-1.0],
        "W_c": [[-1.0, 1.0]],
        "b_c": [0.0],
    }
    return _leaves({name: torch.tensor(values) for name, values in numbers.items()})


def cell(rng: torch.Generator, inputs: int, units: int, dtype: torch.dtype) -> dict[str, Any]:
    """Each gate has its own range of arguments, so that no two are alike; every c_t is above 0.5."""
    made = {
        "x_t": _between(rng, 0.5, 1.5, (inputs,), dtype),
        "h_prev": -_between(rng, 0.3, 0.9, (units,), dtype),
        "c_prev": _between(rng, 1.0, 2.0, (units,), dtype),
    }
    s = torch.cat([made["x_t"], made["h_prev"]])
    for gate, low in zip(GATES, (-1.2, 0.5, 1.4, 0.8), strict=True):
        weights = _between(rng, -0.6, 0.6, (units, inputs + units), dtype)
        made[f"W_{gate}"] = weights
        made[f"b_{gate}"] = _between(rng, low, low + 0.5, (units,), dtype) - weights @ s
    return _leaves(made)


def strided(rng: torch.Generator, inputs: int, units: int, dtype: torch.dtype) -> dict[str, Any]:
    """The same with tensors that are not contiguous where no gradient is asked for."""
    made = cell(rng, inputs, units, dtype)
    return {name: value if value.requires_grad else noncontiguous(value) for name, value in made.items()}


def _between(rng: torch.Generator, low: float, high: float, shape: tuple[int, ...], dtype: torch.dtype) -> torch.Tensor:
    return low + (high - low) * torch.rand(shape, generator=rng, dtype=dtype)


def _leaves(made: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    return {name: value.requires_grad_(name in WITH_GRADIENT) for name, value in made.items()}
