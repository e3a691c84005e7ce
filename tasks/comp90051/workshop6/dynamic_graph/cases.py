"""Vectors with a given sum, of entries that are multiples of 1/4.

Such numbers are halved, tripled and added up without rounding, so that the sign of a sum never hangs on it. A mean
above -1/2 becomes positive sooner or later; one below never does. FAR from 0 they can be told apart in double precision
only.
"""

from __future__ import annotations

from typing import Any

import torch

FAR = 2.0**26


def worked_example(rng: torch.Generator) -> dict[str, Any]:
    """The example of the statement."""
    return {"x": torch.tensor([1.0, -1.5], requires_grad=True), "n": 3}


def vector(rng: torch.Generator, d: int, total: float, n: int, dtype: torch.dtype) -> dict[str, Any]:
    """Entries of either sign, whichever sign their sum has."""
    while True:
        first = torch.randint(-12, 13, (d - 1,), generator=rng).to(dtype) / 4
        x = torch.cat([first, total - first.sum(0, keepdim=True)])
        if d == 1 or ((x > 0).any() and (x < 0).any() and x.abs().max() <= 6):
            return {"x": x.requires_grad_(), "n": n}


def far_apart(rng: torch.Generator, total: float, n: int, dtype: torch.dtype) -> dict[str, Any]:
    """Two entries near FAR and one near -2 · FAR: single precision sees their sum as a multiple of 8."""
    first = FAR + torch.randint(-12, 13, (2,), generator=rng).to(dtype) / 4
    return {"x": torch.cat([first, total - first.sum(0, keepdim=True)]).requires_grad_(), "n": n}
