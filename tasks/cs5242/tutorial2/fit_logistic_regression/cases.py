"""Separable labelled data that gradient descent fits fast, and step sizes for which it cannot overshoot.

Along a random direction u the samples of class 1 lie at distances from 1.6 to 1.8 on one side of a hyperplane, those of
class 0 on the other, so that the loss falls below a tolerance T after some 1 / (2·lr·T) steps. The rows of X̃ = [x, 1]
are at most 2.5 long: the scores of a standard normal start stay far from where a sigmoid rounds to 1 in float32. The
Hessian X̃ᵀ diag(p(1 - p)) X̃ is at most X̃ᵀX̃ / 4; `lr` is `rate` over the largest eigenvalue of that, rounded down.
"""

from __future__ import annotations

import math
from typing import Any

import torch
from torch import Tensor

NEAREST, FARTHEST = 1.6, 1.8
LONGEST = 2.5
OFFSET = 0.3


def tutorial(rng: torch.Generator, n: int, d: int, tol: float, max_steps: int, device: torch.device) -> dict[str, Any]:
    """The step size of the tutorial, which is a small one here."""
    x, y01 = _separable(rng, n, d, torch.float32)
    return _fit(x, y01, 0.01, tol, max_steps, device)


def separable(
    rng: torch.Generator,
    n: int,
    d: int,
    rate: float,
    tol: float,
    max_steps: int,
    dtype: torch.dtype,
    device: torch.device,
) -> dict[str, Any]:
    """Both classes, though not equally many of each, and a step size that suits them."""
    x, y01 = _separable(rng, n, d, dtype)
    return _fit(x, y01, _rounded_down(rate / _curvature(x)), tol, max_steps, device)


def _separable(rng: torch.Generator, n: int, d: int, dtype: torch.dtype) -> tuple[Tensor, Tensor]:
    """Samples around the hyperplane u·x = -OFFSET, and their labels; a third of them belongs to the rarer class."""
    rarer = float(torch.randint(0, 2, (), generator=rng))
    y01 = torch.full((n,), 1 - rarer, dtype=dtype)
    y01[: n // 3] = rarer
    y01 = y01[torch.randperm(n, generator=rng)]
    u = torch.randn(d, generator=rng, dtype=dtype)
    u /= u.norm()
    heights = NEAREST + (FARTHEST - NEAREST) * torch.rand(n, generator=rng, dtype=dtype)
    along = (2 * y01 - 1) * heights - OFFSET
    across = torch.randn(n, d, generator=rng, dtype=dtype)
    across -= (across @ u)[:, None] * u
    room = (LONGEST**2 - 1 - along.square()).sqrt()
    if d > 1:
        across *= (room * torch.rand(n, generator=rng, dtype=dtype) / across.norm(dim=1))[:, None]
    return along[:, None] * u + across, y01


def _fit(x: Tensor, y01: Tensor, lr: float, tol: float, max_steps: int, device: torch.device) -> dict[str, Any]:
    return {"x": x.to(device), "y01": y01.to(device), "lr": lr, "tol": tol, "max_steps": max_steps}


def _curvature(x: Tensor) -> float:
    """A bound for the largest eigenvalue of the Hessian."""
    design = torch.cat([x, torch.ones(len(x), 1, dtype=x.dtype)], dim=1).double()
    return float(torch.linalg.eigvalsh(design.T @ design)[-1]) / 4


def _rounded_down(number: float) -> float:
    """To two significant digits, as people choose step sizes."""
    unit = 10.0 ** (math.floor(math.log10(number)) - 1)
    return round(math.floor(number / unit) * unit, 12)
