"""Pairs of square matrices without any symmetry, and the entry of the dict that a case looks at.

All entries of a matrix have one sign, so that no sum loses digits: those of `a` are negative, those of `b` positive.
"""

from __future__ import annotations

from typing import Any

import torch

from grader.author import noncontiguous


def worked_example(rng: torch.Generator, part: str) -> dict[str, Any]:
    """The example of the statement."""
    return {"a": torch.tensor([[1.0, 2.0], [3.0, 5.0]]), "b": torch.tensor([[2.0, 0.0], [1.0, 4.0]]), "part": part}


def matrices(rng: torch.Generator, n: int, part: str, dtype: torch.dtype) -> dict[str, Any]:
    """Entries with an absolute value between 1/2 and 2."""
    return {"a": -_matrix(rng, n, dtype), "b": _matrix(rng, n, dtype), "part": part}


def with_gaps(rng: torch.Generator, n: int, part: str, dtype: torch.dtype) -> dict[str, Any]:
    """Neither of the two is contiguous in memory."""
    a, b = -_matrix(rng, n, dtype), _matrix(rng, n, dtype)
    return {"a": noncontiguous(a), "b": noncontiguous(b), "part": part}


def _matrix(rng: torch.Generator, n: int, dtype: torch.dtype) -> torch.Tensor:
    return 0.5 + 1.5 * torch.rand(n, n, generator=rng, dtype=dtype)
