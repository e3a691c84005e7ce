"""Tensors whose order is neither their number of entries nor one of their lengths, but for the smallest."""

from __future__ import annotations

import math
from typing import Any

import torch

from grader.author import noncontiguous


def of_order(rng: torch.Generator, order: int, dtype: torch.dtype) -> dict[str, Any]:
    """Lengths between 2 and 5 that are drawn."""
    shape = _lengths(rng, order)
    while order in {*shape, math.prod(shape)}:
        shape = _lengths(rng, order)
    return {"x": torch.randn(shape, generator=rng, dtype=dtype)}


def of_shape(rng: torch.Generator, shape: list[int], dtype: torch.dtype) -> dict[str, Any]:
    """Whole numbers, or truth values."""
    return {"x": torch.randint(0, 9, shape, generator=rng).to(dtype)}


def with_gaps(rng: torch.Generator, order: int, dtype: torch.dtype) -> dict[str, Any]:
    """The same, not contiguous in memory."""
    return {"x": noncontiguous(of_order(rng, order, dtype)["x"])}


def repeated(rng: torch.Generator, order: int, dtype: torch.dtype) -> dict[str, Any]:
    """All entries are equal."""
    return {"x": torch.ones_like(of_order(rng, order, dtype)["x"])}


def _lengths(rng: torch.Generator, order: int) -> list[int]:
    return torch.randint(2, 6, (order,), generator=rng).tolist()
