"""Grids of numbers, and the table that the objective looks its values up in.

No two configurations have the same value, and the lowest one is neither tried first nor last, whichever
hyper-parameter varies fastest. All numbers of a drawn grid come from primes, so that a wrong one is no simple multiple
of the right one.
"""

from __future__ import annotations

import math
from typing import Any

import torch

from grader.author import described

EXAMPLE: dict[str, list[Any]] = {"lr": [0.1, 1.0], "decay": [0.0, 0.5]}
PRIMES = [number for number in range(37, 1000) if all(number % factor for factor in range(2, 32))]


def worked_example(rng: torch.Generator) -> dict[str, Any]:
    """The example of the statement."""
    return {"objective": described("table", grid=EXAMPLE, values=[0.83, 0.31, 0.57, 0.92]), "grid": EXAMPLE}


def another_objective(rng: torch.Generator) -> dict[str, Any]:
    """The grid of the example with other values: nothing may be left over from an earlier search."""
    return _searched(rng, EXAMPLE, 3.0, 1.0)


def rates(rng: torch.Generator, lengths: dict[str, int], low: float = 0.0, scale: float = 1.0) -> dict[str, Any]:
    """As many numbers between 0 and 1 as `lengths` says for each name, in no order."""
    return _searched(rng, {name: _rates(rng, length) for name, length in lengths.items()}, low, scale)


def sizes(rng: torch.Generator, low: float, scale: float) -> dict[str, Any]:
    """A large hyper-parameter beside one below zero."""
    widths = [1e5 * rate for rate in _rates(rng, 4)]
    return _searched(rng, {"width": widths, "shift": [-rate for rate in _rates(rng, 3)]}, low, scale)


def down_to_zero(rng: torch.Generator, lengths: dict[str, int]) -> dict[str, Any]:
    """The lowest value is 0, and all the others are above it."""
    return _searched(rng, {name: _rates(rng, length) for name, length in lengths.items()}, 0.0, 0.25, above=0.0)


def _searched(
    rng: torch.Generator, grid: dict[str, list[Any]], low: float, scale: float, above: float | None = None
) -> dict[str, Any]:
    """Values `scale` apart; the lowest is `above` steps above `low`, by default a part of one that is drawn."""
    count = math.prod(len(values) for values in grid.values())
    order = torch.randperm(count, generator=rng).tolist()
    while count > 2 and order.index(0) in (0, count - 1):
        order = torch.randperm(count, generator=rng).tolist()
    if above is None:
        above = 0.1 + 0.3 * float(torch.rand((), generator=rng, dtype=torch.float64))
    values = [low + scale * (place + above) for place in order]
    return {"objective": described("table", grid=grid, values=values), "grid": grid}


def _rates(rng: torch.Generator, length: int) -> list[float]:
    return [PRIMES[place] / 1000 for place in torch.randperm(len(PRIMES), generator=rng)[:length].tolist()]
