"""Sizes, fractions and seeds.

Products of n and a fraction are exact, or off the next whole number by a tenth at least, so that nobody's rounding
moves a sample from one part to another.
"""

from __future__ import annotations

from typing import Any

import torch

FAR = 999_983


def seeded(rng: torch.Generator, n: int, dev: float, test: float) -> dict[str, Any]:
    """A seed that is drawn, and another one that is none of its neighbours."""
    return _split(n, dev, test, int(torch.randint(1, FAR, (), generator=rng)))


def seed_of_zero(rng: torch.Generator, n: int, dev: float, test: float) -> dict[str, Any]:
    """The smallest seed there is."""
    return _split(n, dev, test, 0)


def _split(n: int, dev: float, test: float, seed: int) -> dict[str, Any]:
    return {"n": n, "dev_fraction": dev, "test_fraction": test, "seed": seed, "other_seed": seed + FAR}
