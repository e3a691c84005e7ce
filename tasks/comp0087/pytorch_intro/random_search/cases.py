"""Spaces and the objective to search: a bowl whose lowest point lies somewhere inside the ranges."""

from __future__ import annotations

from typing import Any

import torch

from grader.author import described

FAR = 1_000_000


def bowl(
    rng: torch.Generator, names: list[str], trials: int, offset: float = 1.0, scale: float = 1.0
) -> dict[str, Any]:
    """Ranges of length 1 to 4 around numbers between -2 and 2."""
    space = {}
    for name in names:
        low = _uniform(rng, -3.0, 1.0)
        space[name] = (low, low + _uniform(rng, 1.0, 4.0))
    return _searched(rng, space, trials, offset, scale)


def ranges(rng: torch.Generator, trials: int) -> dict[str, Any]:
    """A range next to zero, a wide one below zero, and a narrow one far from zero."""
    space = {"rate": (1e-4, 1e-1), "shift": (-500.0, -20.0), "ratio": (10.0, 10.25)}
    return _searched(rng, space, trials, 0.0, 1.0)


def _searched(
    rng: torch.Generator, space: dict[str, tuple[float, float]], trials: int, offset: float, scale: float
) -> dict[str, Any]:
    centre = {name: low + (high - low) * _uniform(rng, 0.2, 0.8) for name, (low, high) in space.items()}
    width = {name: high - low for name, (low, high) in space.items()}
    objective = described("bowl", centre=centre, width=width, offset=offset, scale=scale)
    seed = int(torch.randint(0, FAR, (), generator=rng))
    return {
        "objective": objective,
        "objective_again": objective,
        "objective_other": objective,
        "space": space,
        "trials": trials,
        "seed": seed,
        "other_seed": seed + FAR,
    }


def _uniform(rng: torch.Generator, low: float, high: float) -> float:
    return low + (high - low) * float(torch.rand((), generator=rng, dtype=torch.float64))
