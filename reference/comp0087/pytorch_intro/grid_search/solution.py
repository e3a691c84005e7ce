"""COMP0087, "Introduction to Machine Learning with PyTorch", slide "Grid search"."""

from __future__ import annotations

import itertools
from collections.abc import Callable


def grid_search(objective: Callable[..., float], grid: dict[str, list[float]]) -> tuple[dict[str, float], float]:
    """The configuration with the lowest value among all combinations, and that value."""
    tried = [dict(zip(grid, values, strict=True)) for values in itertools.product(*grid.values())]
    scores = [objective(**configuration) for configuration in tried]
    lowest = min(scores)
    return tried[scores.index(lowest)], lowest
