"""Functions and points. Steps and entries are multiples of powers of two where that keeps differences exact."""

from __future__ import annotations

from typing import Any

import torch

from grader.author import described, noncontiguous


def _grid(rng: torch.Generator, *shape: int) -> torch.Tensor:
    """Eighths between -2 and 2 without zero."""
    sizes = torch.randint(1, 17, shape, generator=rng).to(torch.float64) / 8
    signs = 2 * torch.randint(0, 2, shape, generator=rng).to(torch.float64) - 1
    return sizes * signs


def worked_example(rng: torch.Generator) -> dict[str, Any]:
    """The example of the statement."""
    f = described("quadratic", matrix=[[2.0, 0.5], [0.5, 0.0]], slope=[0.0, 0.0])
    return {"f": f, "x": torch.tensor([1.0, 2.0], dtype=torch.float64), "eps": 0.5}


def quadratic(rng: torch.Generator, d: int, eps: float) -> dict[str, Any]:
    """A quadratic with mixed terms and a slope."""
    f = described("quadratic", matrix=_grid(rng, d, d).tolist(), slope=_grid(rng, d).tolist())
    return {"f": f, "x": _grid(rng, d), "eps": eps}


def cubic(rng: torch.Generator, d: int, eps: float) -> dict[str, Any]:
    """A cubic, where one-sided and two-sided quotients and the derivative are three different numbers."""
    return {"f": described("cubic", weights=_grid(rng, d).tolist()), "x": _grid(rng, d), "eps": eps}


def waves(rng: torch.Generator, d: int, eps: float) -> dict[str, Any]:
    """Bounded by 3 in size, so that a small step loses few digits."""
    weights = (1 + torch.rand(d, generator=rng, dtype=torch.float64)).tolist()
    x = 4 * torch.rand(d, generator=rng, dtype=torch.float64) - 2
    return {"f": described("waves", weights=weights), "x": x, "eps": eps}


def small(rng: torch.Generator, d: int, eps: float) -> dict[str, Any]:
    """Entries of a thousandth: added to one, the step drowns digits that subtracting it does not bring back."""
    weights = (1 + torch.rand(d, generator=rng, dtype=torch.float64)).tolist()
    x = (0.5 + torch.rand(d, generator=rng, dtype=torch.float64)) / 1000
    return {"f": described("waves", weights=weights), "x": x, "eps": eps}


def picked(rng: torch.Generator, d: int, eps: float) -> dict[str, Any]:
    """A function of one entry out of d: all other differences are exactly zero."""
    index = int(torch.randint(0, d, (), generator=rng))
    weight = float(_grid(rng, 1))
    return {"f": described("picked", index=index, weight=weight), "x": _grid(rng, d), "eps": eps}


def opaque(rng: torch.Generator, d: int, eps: float) -> dict[str, Any]:
    """A function whose result has no graph."""
    return {"f": described("opaque", weights=_grid(rng, d).tolist()), "x": _grid(rng, d), "eps": eps}


def strided(rng: torch.Generator, d: int, eps: float) -> dict[str, Any]:
    """A point that is stored with gaps."""
    f = described("cubic", weights=_grid(rng, d).tolist())
    return {"f": f, "x": noncontiguous(_grid(rng, d)), "eps": eps}


def large(rng: torch.Generator, d: int, eps: float) -> dict[str, Any]:
    """Entries around 100: a step relative to them would be a hundred times too wide."""
    f = described("cubic", weights=_grid(rng, d).tolist())
    return {"f": f, "x": _grid(rng, d) + 100, "eps": eps}
