"""Functions, gradients with known errors, and tolerances well away from them.

Entries and steps are multiples of powers of two, so that quotients and differences are exact.
"""

from __future__ import annotations

from typing import Any

import torch

from grader.author import described

STEP = 0.25


def worked_example(rng: torch.Generator, errors: list[float]) -> dict[str, Any]:
    """The example of the statement."""
    parts = {"matrix": [[1.0, 0.0], [0.0, 0.0]], "slope": [0.0, 3.0]}
    return {
        "f": described("quadratic", **parts),
        "grad_f": described("quadratic_gradient", **parts, errors=errors),
        "x": torch.tensor([1.0, 2.0], dtype=torch.float64),
        "eps": 0.5,
        "tol": 0.01,
    }


def off_by(rng: torch.Generator, errors: list[float], tol: float) -> dict[str, Any]:
    """A gradient to which errors are added."""
    return _quadratic(rng, errors, tol)


def off_by_alike(rng: torch.Generator, d: int, error: float, tol: float) -> dict[str, Any]:
    """A gradient with the same error in every entry."""
    return _quadratic(rng, [error] * d, tol)


def opaque(rng: torch.Generator, d: int, error: float, tol: float) -> dict[str, Any]:
    """A quadratic without a graph, and a gradient with the same error in every entry."""
    weights = _grid(rng, d).tolist()
    return {
        "f": described("opaque", weights=weights),
        "grad_f": described("opaque_gradient", weights=weights, error=error),
        "x": _grid(rng, d),
        "eps": STEP,
        "tol": tol,
    }


def cubic(rng: torch.Generator, d: int, eps: float, tol: float, *, of_the_quotient: bool) -> dict[str, Any]:
    """Weights of 1/2 to 2: the quotients are off the derivative by weight · ε²; the gradient is one or the other."""
    weights = (0.5 * torch.randint(1, 5, (d,), generator=rng)).tolist()
    errors = [weight * eps**2 if of_the_quotient else 0.0 for weight in weights]
    return {
        "f": described("cubic", weights=weights),
        "grad_f": described("cubic_gradient", weights=weights, errors=errors),
        "x": _grid(rng, d),
        "eps": eps,
        "tol": tol,
    }


def turned_round(rng: torch.Generator, d: int, entries: list[int], tol: float) -> dict[str, Any]:
    """A gradient in which these entries have the right size and the wrong sign."""
    made = _quadratic(rng, [0.0] * d, tol)
    matrix, slope = (torch.tensor(made["f"].params[name], dtype=torch.float64) for name in ("matrix", "slope"))
    gradient = (matrix + matrix.T) @ made["x"] + slope
    made["grad_f"].params["errors"] = [-2 * float(gradient[i]) if i in entries else 0.0 for i in range(d)]
    return made


def steep(rng: torch.Generator, d: int, error: float, tol: float) -> dict[str, Any]:
    """A gradient around a million with an error in the first entry."""
    made = _quadratic(rng, [error] + [0.0] * (d - 1), tol)
    slope = (2.0**20 + 1024 * torch.randint(0, 100, (d,), generator=rng)).tolist()
    for name in ("f", "grad_f"):
        made[name].params["slope"] = slope
    return made


def _quadratic(rng: torch.Generator, errors: list[float], tol: float) -> dict[str, Any]:
    """Few entries of a gradient are at least 2 in size, so that a relative difference is another one."""
    d = len(errors)
    while True:
        matrix, slope, x = _grid(rng, d, d), _grid(rng, d), _grid(rng, d)
        if bool((((matrix + matrix.T) @ x + slope).abs() >= 2).all()) or d > 8:
            break
    parts = {"matrix": matrix.tolist(), "slope": slope.tolist()}
    return {
        "f": described("quadratic", **parts),
        "grad_f": described("quadratic_gradient", **parts, errors=errors),
        "x": x,
        "eps": STEP,
        "tol": tol,
    }


def _grid(rng: torch.Generator, *shape: int) -> torch.Tensor:
    """Quarters between -2 and 2 without zero."""
    sizes = torch.randint(1, 9, shape, generator=rng).to(torch.float64) / 4
    signs = 2 * torch.randint(0, 2, shape, generator=rng).to(torch.float64) - 1
    return sizes * signs
