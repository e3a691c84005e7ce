"""Losses and points where every derivative that matters is well away from zero, so that every step shows."""

from __future__ import annotations

from typing import Any

import torch

from grader.author import described


def worked_example(rng: torch.Generator) -> dict[str, Any]:
    """The example of the statement."""
    theta = torch.tensor([1.0, 2.0], requires_grad=True)
    return {"theta": theta, "loss_fn": described("bowl", weights=[1.0, 3.0], centre=[0.0, 0.0]), "lr": 0.25}


def bowl(rng: torch.Generator, shape: list[int], lr: float, dtype: torch.dtype) -> dict[str, Any]:
    """A weighted sum of squares, at least 1 away from its lowest point in every direction."""
    weights = 0.5 + torch.rand(shape, generator=rng, dtype=dtype)
    centre = _signed(rng, shape, dtype)
    theta = centre + _signed(rng, shape, dtype)
    loss_fn = described("bowl", weights=weights.tolist(), centre=centre.tolist())
    return {"theta": theta.requires_grad_(), "loss_fn": loss_fn, "lr": lr}


def short_of_the_bottom(rng: torch.Generator, n: int, dtype: torch.dtype) -> dict[str, Any]:
    """A bowl around a point near zero, and a step that nearly gets there: the result is small against theta."""
    centre = 1e-3 * _signed(rng, [n], dtype)
    theta = _signed(rng, [n], dtype).requires_grad_()
    return {"theta": theta, "loss_fn": described("bowl", weights=[1.0] * n, centre=centre.tolist()), "lr": 0.499}


def waves(rng: torch.Generator, shape: list[int], lr: float, dtype: torch.dtype) -> dict[str, Any]:
    """Sines whose slopes are at least 1, plus half the squared mean."""
    weights = 2 + torch.rand(shape, generator=rng, dtype=dtype)
    theta = torch.rand(shape, generator=rng, dtype=dtype) - 0.25
    return {"theta": theta.requires_grad_(), "loss_fn": described("waves", weights=weights.tolist()), "lr": lr}


def picked(rng: torch.Generator, n: int, lr: float, dtype: torch.dtype) -> dict[str, Any]:
    """The fourth power of one entry: the others stay where they are."""
    index = int(torch.randint(0, n, (), generator=rng))
    theta = _signed(rng, [n], dtype).requires_grad_()
    return {"theta": theta, "loss_fn": described("picked", index=index), "lr": lr}


def _signed(rng: torch.Generator, shape: list[int], dtype: torch.dtype) -> torch.Tensor:
    """Between 1 and 2 in size, of either sign."""
    signs = 2 * torch.randint(0, 2, shape, generator=rng).to(dtype) - 1
    return signs * (1 + torch.rand(shape, generator=rng, dtype=dtype))
