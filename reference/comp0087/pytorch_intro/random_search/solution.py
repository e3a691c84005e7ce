"""COMP0087, "Introduction to Machine Learning with PyTorch", slide "Random search"."""

from __future__ import annotations

import random
from collections.abc import Callable


def random_search(
    objective: Callable[..., float], space: dict[str, tuple[float, float]], trials: int, seed: int
) -> tuple[dict[str, float], float]:
    """The lowest of `trials` values at uniformly drawn configurations, and its configuration."""
    rng = random.Random(seed)
    best: dict[str, float] = {}
    lowest = float("inf")
    for _ in range(trials):
        configuration = {name: rng.uniform(low, high) for name, (low, high) in space.items()}
        value = objective(**configuration)
        if value < lowest:
            best, lowest = configuration, value
    return best, lowest
