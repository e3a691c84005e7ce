"""Inputs for tensor_add: pairs of equally shaped lists.

Fractions are odd multiples of 1/4 and 1/8, small enough that every floating dtype adds them without rounding, and such
that no sum of a fraction is a whole number.
"""

from __future__ import annotations

from typing import Any

import torch


def tutorial(rng: torch.Generator) -> dict[str, Any]:
    """The two vectors of the tutorial."""
    return {"a": [1, 2, 3], "b": [4, 5, 6]}


def vectors(rng: torch.Generator, n: int, smallest: int = 3, largest: int = 99) -> dict[str, Any]:
    """Two lists of n whole numbers, none of them zero, some of them negative."""
    return {"a": _whole(rng, (n,), smallest, largest), "b": _whole(rng, (n,), smallest, largest)}


def matrices(rng: torch.Generator, n: int, m: int) -> dict[str, Any]:
    """Two lists of n lists of m whole numbers."""
    return {"a": _whole(rng, (n, m)), "b": _whole(rng, (n, m))}


def blocks(rng: torch.Generator, n: int, m: int, k: int) -> dict[str, Any]:
    """Two lists of n lists of m lists of k whole numbers."""
    return {"a": _whole(rng, (n, m, k)), "b": _whole(rng, (n, m, k))}


def fractions(rng: torch.Generator, n: int) -> dict[str, Any]:
    """Two lists of n numbers with fractions."""
    return {"a": _odd(rng, (n,), 4), "b": _odd(rng, (n,), 8)}


def rows_of_fractions(rng: torch.Generator, n: int, m: int) -> dict[str, Any]:
    """Two lists of n lists of m numbers with fractions."""
    return {"a": _odd(rng, (n, m), 4), "b": _odd(rng, (n, m), 8)}


def mixed(rng: torch.Generator, n: int) -> dict[str, Any]:
    """Whole numbers in `a`; one whole number, then fractions in `b`."""
    return {"a": _whole(rng, (n,), 3, 9), "b": _whole(rng, (1,), 3, 9) + _odd(rng, (n - 1,), 8)}


def _whole(rng: torch.Generator, shape: tuple[int, ...], smallest: int = 3, largest: int = 99) -> Any:
    """Integers of either sign with an absolute value between the two bounds."""
    sizes = torch.randint(smallest, largest + 1, shape, generator=rng)
    signs = 2 * torch.randint(0, 2, shape, generator=rng) - 1
    return (sizes * signs).tolist()


def _odd(rng: torch.Generator, shape: tuple[int, ...], parts: int) -> Any:
    """Odd multiples of 1/parts of either sign, below 5 in absolute value."""
    return ((2 * torch.randint(-2 * parts, 2 * parts, shape, generator=rng) + 1) / parts).tolist()
