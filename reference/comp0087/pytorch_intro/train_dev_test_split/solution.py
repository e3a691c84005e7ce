"""COMP0087, "Introduction to Machine Learning with PyTorch", slide "Train / Dev / Test Splits"."""

from __future__ import annotations

import random


def train_dev_test_split(
    n: int, dev_fraction: float, test_fraction: float, seed: int
) -> tuple[list[int], list[int], list[int]]:
    """A shuffle of 0 … n − 1 by a generator of its own, cut into dev, test and the rest."""
    order = list(range(n))
    random.Random(seed).shuffle(order)
    dev_end = int(n * dev_fraction)
    test_end = dev_end + int(n * test_fraction)
    return order[test_end:], order[:dev_end], order[dev_end:test_end]
