"""Gradients against differences of values: needs no formula, so any right backward pass is right."""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor

from grader.author import Fail
from grader.vocab import Diagnosis

EPS = 1e-6
RTOL, ATOL = 1e-4, 1e-6  # central differences in float64 are right to about eps² and rounding over eps


def central_differences(function: Callable[[Tensor], Tensor], at: Tensor, eps: float = EPS) -> Tensor:
    """The gradient of the sum of a function, in float64, by two evaluations for every entry of `at`."""
    point = at.detach().to(torch.float64).clone()
    gradient = torch.zeros_like(point)
    flat, slots = point.view(-1), gradient.view(-1)
    for index in range(flat.numel()):
        kept = float(flat[index])
        flat[index] = kept + eps
        above = function(point).sum()
        flat[index] = kept - eps
        below = function(point).sum()
        flat[index] = kept
        slots[index] = (above - below).detach() / (2 * eps)
    return gradient


def gradient_of(function: Callable[[Tensor], Tensor], at: Tensor, got: Tensor, what: str) -> Fail | None:
    """Whether `got` is the gradient of the summed function at a point, against values that the judge trusts."""
    return agree(got, central_differences(function, at), what)


def gradient_of_values(above: Tensor, below: Tensor, eps: float, got: Tensor, what: str) -> Fail | None:
    """The same from the submission's own values, which a probe took at x ± eps·eᵢ for every entry i."""
    return agree(got, (above - below).to(torch.float64).reshape(got.shape) / (2 * eps), what)


def agree(got: Tensor, wanted: Tensor, what: str) -> Fail | None:
    """Whether a gradient agrees with differences of values."""
    if got.shape != wanted.shape:
        text = f"{what} has shape {tuple(got.shape)}; the input has {tuple(wanted.shape)}."
        return Fail(Diagnosis.WRONG_SHAPE, text)
    if torch.allclose(got.detach().to(torch.float64), wanted, rtol=RTOL, atol=ATOL):
        return None
    return Fail(Diagnosis.WRONG_GRADIENT, f"{what} does not agree with the slope of the values.")
