"""What must hold of any random split.

A submission is given 14 tests of the order of its lists, each with a false-alarm rate below 1e-12: `are_shuffled`
says why.
"""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any

import torch

from grader.author import CaseView, Fail

PARTS = ("train", "dev", "test")
CALLS = {"value": "", "again": " on the second call", "other": " with another seed"}
MOST_NEIGHBOURS = 40
DEVIATIONS = 8.0

Split = tuple[list[int], list[int], list[int]]


def are_three_lists_of_int(case: CaseView) -> Fail | None:
    """The other checks rely on it, so it comes first."""
    for call, when in CALLS.items():
        split = case.got[call]
        if not isinstance(split, tuple | list):
            return Fail("wrong_type", f"Return three lists, train, dev and test{when}.")
        if len(split) != len(PARTS):
            return Fail("wrong_length", f"Return three lists, train, dev and test; there are {len(split)}{when}.")
        for name, part in zip(PARTS, split, strict=True):
            if _indices(part) is None:
                return Fail("wrong_type", f"{name} is no list of ints{when}.")
    return None


def have_the_sizes(case: CaseView) -> Fail | None:
    """int(n · fraction) for dev and test, the rest for train."""
    n = case.inputs["n"]
    dev, test = (int(n * case.inputs[f"{name}_fraction"]) for name in ("dev", "test"))
    wanted = (n - dev - test, dev, test)
    for call in CALLS:
        sizes = tuple(len(part) for part in _split(case, call))
        if sizes == wanted:
            continue
        if sorted(sizes) == sorted(wanted):
            return Fail("swapped", f"(train, dev, test) should have the sizes {wanted}; yours have {sizes}.")
        return Fail("wrong_length", f"(train, dev, test) should have the sizes {wanted}; yours have {sizes}.")
    return None


def hold_every_index_once(case: CaseView) -> Fail | None:
    """Disjoint, and together 0 … n − 1."""
    n = case.inputs["n"]
    for call in CALLS:
        together = [index for part in _split(case, call) for index in part]
        wild = next((index for index in together if not 0 <= index < n), None)
        if wild is not None:
            return Fail("wrong_value", f"{wild} is no index of {n} samples: they are counted from 0.")
        counts = [0] * n
        for index in together:
            counts[index] += 1
        if max(counts) > 1:
            return Fail("property", f"The index {counts.index(max(counts))} stands more than once in the three parts.")
        if min(counts) < 1:
            return Fail("property", f"The index {counts.index(0)} is in none of the three parts.")
    return None


def come_again_with_the_seed(case: CaseView) -> Fail | None:
    """The second call has the seed of the first."""
    if _split(case, "value") != _split(case, "again"):
        return Fail("not_reproducible", "Two calls with the same seed give different splits.")
    return None


def change_with_the_seed(case: CaseView) -> Fail | None:
    """Of 60 indices or more, others are held out with another seed."""
    for name, part, other in zip(PARTS, _split(case, "value"), _split(case, "other"), strict=True):
        if set(part) == set(other):
            return Fail("repeated_draw", f"With another seed the same samples are in {name}.")
    return None


def are_shuffled(case: CaseView) -> Fail | None:
    """Neither rotated nor reversed nor sorted.

    In a shuffle of 2000 about 2 pairs that stand side by side are consecutive numbers, with a distribution close to
    Poisson's: 40 have a probability below 1e-37. The number of ascents among k entries is close to normal, with mean
    (k − 1)/2 and variance (k + 1)/12; the mean index of a part has a standard deviation below n / √(12k).
    """
    for call in ("value", "other"):
        split = _split(case, call)
        pairs = [pair for part in split for pair in pairwise(part)]
        if sum(abs(left - right) == 1 for left, right in pairs) > MOST_NEIGHBOURS:
            return Fail("wrong_distribution", "Many neighbours are neighbours still: that is no shuffle.")
        for name, part in zip(PARTS, split, strict=True):
            k = len(part)
            ascents = sum(left < right for left, right in pairwise(part))
            if abs(ascents - (k - 1) / 2) > DEVIATIONS * math.sqrt((k + 1) / 12):
                return Fail("wrong_distribution", f"The indices of {name} are in ascending or descending order.")
            if abs(sum(part) / k - (case.inputs["n"] - 1) / 2) > DEVIATIONS * case.inputs["n"] / math.sqrt(12 * k):
                return Fail("wrong_distribution", f"The indices of {name} do not come from all over the data.")
    return None


def _split(case: CaseView, call: str) -> Split:
    train, dev, test = (_indices(part) or [] for part in case.got[call])
    return train, dev, test


def _indices(part: Any) -> list[int] | None:
    """A list of ints from whatever holds one; None where something else is in it."""
    if isinstance(part, torch.Tensor):
        whole = part.dim() == 1 and (not part.numel() or not (part.is_floating_point() or part.dtype == torch.bool))
        return [int(entry) for entry in part.tolist()] if whole else None
    if not isinstance(part, list | tuple):
        return None
    entries = [_integer(entry) for entry in part]
    return None if None in entries else [entry for entry in entries if entry is not None]


def _integer(entry: Any) -> int | None:
    if isinstance(entry, torch.Tensor) and entry.dim() == 0 and not entry.is_floating_point():
        entry = entry.item()
    return entry if isinstance(entry, int) and not isinstance(entry, bool) else None
