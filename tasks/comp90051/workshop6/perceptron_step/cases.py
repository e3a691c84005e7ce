"""Weights and samples of small whole numbers other than zero, so that scores are exact and every update shows."""

from __future__ import annotations

from typing import Any

import torch

from grader.author import noncontiguous

CANDIDATES = 2000


def worked_example(rng: torch.Generator) -> dict[str, Any]:
    """The example of the statement."""
    return {"w": torch.tensor([1.0, -2.0]), "x": torch.tensor([3.0, 1.0]), "y": -1, "eta": 0.5}


def mistake(rng: torch.Generator, d: int, y: int, eta: float, dtype: torch.dtype) -> dict[str, Any]:
    """The score is on the side that y is not on."""
    return _with_side(rng, d, -y, y, eta, dtype)


def lasting_mistake(rng: torch.Generator, d: int, y: int, eta: float, dtype: torch.dtype) -> dict[str, Any]:
    """The same, and a single step does not bring the score to the side of y, nor next to the boundary."""
    w, x = _whole(rng, CANDIDATES, d), _whole(rng, CANDIDATES, d)
    afterwards = (w * x).sum(dim=1) + eta * y * (x * x).sum(dim=1)
    return _first(y * afterwards < -0.5, w, x, y, eta, dtype)


def large(rng: torch.Generator, y: int) -> dict[str, Any]:
    """A mistake with whole numbers that single precision would round; the new weights are small. eta is 0.5."""
    signs, left = (
        2 * torch.randint(0, 2, (2,), generator=rng) - 1,
        torch.tensor([1, 7])[torch.randperm(2, generator=rng)],
    )
    w = signs * (2**24 + 1 + 2 * torch.randint(0, 1000, (2,), generator=rng))
    return {"w": w.double(), "x": -2.0 * y * (w - left).double(), "y": y, "eta": 0.5}


def mistake_with_gaps(rng: torch.Generator, d: int, y: int, eta: float, dtype: torch.dtype) -> dict[str, Any]:
    """The same with vectors that are not contiguous in memory."""
    made = mistake(rng, d, y, eta, dtype)
    return {**made, "w": noncontiguous(made["w"]), "x": noncontiguous(made["x"])}


def right(rng: torch.Generator, d: int, y: int, eta: float, dtype: torch.dtype) -> dict[str, Any]:
    """The score is on the side of y."""
    return _with_side(rng, d, y, y, eta, dtype)


def boundary(rng: torch.Generator, d: int, y: int, eta: float, dtype: torch.dtype) -> dict[str, Any]:
    """The score is zero, and neither weights nor sample are; d is 2 at least."""
    return _with_side(rng, d, 0, y, eta, dtype)


def just_below(rng: torch.Generator, d: int, y: int, eta: float, dtype: torch.dtype) -> dict[str, Any]:
    """The score is -1, the negative whole number next to zero."""
    w, x = _whole(rng, CANDIDATES, d), _whole(rng, CANDIDATES, d)
    return _first((w * x).sum(dim=1) == -1, w, x, y, eta, dtype)


def zero_weights(rng: torch.Generator, d: int, y: int, eta: float, dtype: torch.dtype) -> dict[str, Any]:
    """The usual start."""
    return {"w": torch.zeros(d, dtype=dtype), "x": _whole(rng, 1, d)[0].to(dtype), "y": y, "eta": eta}


def _with_side(rng: torch.Generator, d: int, side: int, y: int, eta: float, dtype: torch.dtype) -> dict[str, Any]:
    """The first of many pairs whose score has the sign `side`."""
    w, x = _whole(rng, CANDIDATES, d), _whole(rng, CANDIDATES, d)
    # Weights that are all alike would look like a constant answer.
    differ = (w != w[:, :1]).any(dim=1) if d > 1 else torch.ones(CANDIDATES, dtype=torch.bool)
    return _first(((w * x).sum(dim=1).sign() == side) & differ, w, x, y, eta, dtype)


def _first(
    wanted: torch.Tensor, w: torch.Tensor, x: torch.Tensor, y: int, eta: float, dtype: torch.dtype
) -> dict[str, Any]:
    first = int(wanted.int().argmax())
    return {"w": w[first].to(dtype), "x": x[first].to(dtype), "y": y, "eta": eta}


def _whole(rng: torch.Generator, n: int, d: int) -> torch.Tensor:
    """Whole numbers between 1 and 5 in size."""
    signs = 2 * torch.randint(0, 2, (n, d), generator=rng) - 1
    return signs * torch.randint(1, 6, (n, d), generator=rng)
