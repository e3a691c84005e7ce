"""The objective: a table with one value for every configuration of the grid."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any


def table(grid: dict[str, list[float]], values: list[float]) -> Callable[..., float]:
    """Takes the hyper-parameters as keywords; the last one varies fastest in `values`."""

    def objective(**configuration: Any) -> float:
        if set(configuration) != set(grid):
            raise TypeError(f"the objective takes the keywords {sorted(grid)}, not {sorted(configuration)}")
        place = 0
        for name, allowed in grid.items():
            given = float(configuration[name])
            fits = [at for at, number in enumerate(allowed) if math.isclose(number, given, rel_tol=1e-5)]
            if not fits:
                raise ValueError(f"{name} = {configuration[name]} is not in the grid")
            place = place * len(allowed) + fits[0]
        return values[place]

    return objective
