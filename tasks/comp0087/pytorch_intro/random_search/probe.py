"""The objective that is searched, and what it was called with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class Bowl:
    """offset + scale · Σ ((value − centre) / width)², of keyword arguments; remembers the values it was called with.

    A whole configuration in one dict is taken as well: how the objective is called is not what the question is about.
    """

    def __init__(self, centre: dict[str, float], width: dict[str, float], offset: float, scale: float) -> None:
        self.centre, self.width, self.offset, self.scale = centre, width, offset, scale
        self.tried: dict[str, list[float]] = {name: [] for name in centre}

    def __call__(self, whole: Mapping[str, Any] | None = None, /, **keywords: Any) -> Any:
        configuration = keywords if whole is None else {**whole, **keywords}
        if set(configuration) != set(self.centre):
            raise TypeError(f"the objective takes the keywords {sorted(self.centre)}, not {sorted(configuration)}")
        total = 0.0
        for name, value in configuration.items():
            self.tried[name].append(float(value))
            total = total + ((value - self.centre[name]) / self.width[name]) ** 2
        return self.offset + self.scale * total


def bowl(centre: dict[str, float], width: dict[str, float], offset: float, scale: float) -> Bowl:
    """The objective of a case."""
    return Bowl(centre, width, offset, scale)


def tried_by(submission: Any, *objectives: Bowl) -> dict[str, list[list[float]]]:
    """For each hyper-parameter the values tried in the first, the second and the third search."""
    return {name: [objective.tried[name] for objective in objectives] for name in objectives[0].tried}
