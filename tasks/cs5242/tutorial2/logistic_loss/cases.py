"""Labelled data and parameters of logistic regression, without scores of exactly zero."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor

from grader.author import noncontiguous

LARGE = 1000.0
SMALLEST = 0.3  # of the gradients of w and b, so that they are no small differences
SHARE_SEEN = 3e-4  # of the loss, by the bias


def worked_example(rng: torch.Generator, device: torch.device) -> dict[str, Any]:
    """The example of the statement."""
    x = torch.tensor([[2.0, 1.0], [-1.0, 1.0], [-1.0, 2.0]])
    return _placed(torch.tensor([1.0, -1.0]), torch.tensor([1.0]), x, torch.tensor([1.0, 0.0, 1.0]), device)


def labelled(rng: torch.Generator, n: int, d: int, dtype: torch.dtype, device: torch.device) -> dict[str, Any]:
    """Scores up to 3 in size, and labels of both classes that have little to do with them."""
    while True:
        w, b, x = _parameters_and_features(rng, n, d, dtype)
        y01 = (torch.randperm(n, generator=rng) % 2).to(dtype)
        if n == 1:
            y01 = torch.randint(0, 2, (1,), generator=rng).to(dtype)
        if _gradients_are_seen(w, b, x, y01):
            return _placed(w, b, x, y01, device)


def labelled_with_gaps(
    rng: torch.Generator, n: int, d: int, dtype: torch.dtype, device: torch.device
) -> dict[str, Any]:
    """The same with features and labels that are not contiguous in memory."""
    inputs = labelled(rng, n, d, dtype, device)
    return {**inputs, "x": noncontiguous(inputs["x"]), "y01": noncontiguous(inputs["y01"])}


def sure(rng: torch.Generator, n: int, d: int, dtype: torch.dtype, device: torch.device) -> dict[str, Any]:
    """At least six samples: scores of 1000 and -1000 with both labels, one of 750, and ordinary ones.

    The one of 750 is wrong without a counterpart, so that neither b nor a swap of the classes cancels.
    """
    scores = LARGE * torch.tensor([1.0, 1.0, -1.0, -1.0, 0.75], dtype=dtype)
    labels = torch.tensor([0.0, 1.0, 0.0, 1.0, 0.0], dtype=dtype)
    while True:
        w, b, x = _parameters_and_features(rng, n, d, dtype)
        missing = scores - (x[:5] @ w + b)
        x[:5] += missing[:, None] * w / (w @ w)
        y01 = torch.cat([labels, torch.randint(0, 2, (n - 5,), generator=rng).to(dtype)])
        order = torch.randperm(n, generator=rng)
        if _gradients_are_seen(w, b, x, y01) and _bias_is_seen(w, b, x, y01):
            return _placed(w, b, x[order], y01[order], device)


def well_sorted(rng: torch.Generator, n: int, d: int, dtype: torch.dtype, device: torch.device) -> dict[str, Any]:
    """Scores between 4 and 6 in size, on the right side; the features are too large for single precision."""
    w, b, x = _parameters_and_features(rng, n, d, dtype)
    x += 30 * torch.randn(n, d, generator=rng, dtype=dtype)
    y01 = (torch.randperm(n, generator=rng) % 2).to(dtype)
    scores = (2 * y01 - 1) * (4 + 2 * torch.rand(n, generator=rng, dtype=dtype))
    x += (scores - (x @ w + b))[:, None] * w / (w @ w)
    return _placed(w, b, x, y01, device)


def _parameters_and_features(rng: torch.Generator, n: int, d: int, dtype: torch.dtype) -> tuple[Tensor, Tensor, Tensor]:
    """The largest score is 3 in size, none is close to zero, and b is at least 1/2 in size."""
    while True:
        x = _signs(rng, (n, d), dtype) * (0.5 + 1.5 * torch.rand(n, d, generator=rng, dtype=dtype))
        w = _signs(rng, (d,), dtype) * (0.5 + torch.rand(d, generator=rng, dtype=dtype))
        b = _signs(rng, (1,), dtype) * (0.5 + torch.rand(1, generator=rng, dtype=dtype))
        scores = (x @ w + b).abs()
        unit = 3 / scores.max()
        if scores.min() * unit > 0.05 and b.abs() * unit > 0.5:
            return unit * w, unit * b, x


def _gradients_are_seen(w: Tensor, b: Tensor, x: Tensor, y01: Tensor) -> bool:
    """A sample whose score is -3 and whose label is 0 hardly has any; such a single sample is not drawn."""
    residuals = (x.double() @ w.double() + b.double()).sigmoid() - y01.double()
    return min(float(residuals.sum().abs()), float((residuals @ x.double()).abs().max())) > SMALLEST


def _bias_is_seen(w: Tensor, b: Tensor, x: Tensor, y01: Tensor) -> bool:
    """Of a loss in the thousands, single precision shows a difference of this size for certain."""

    def loss(scores: Tensor) -> Tensor:
        return torch.nn.functional.softplus((1 - 2 * y01.double()) * scores).sum()

    scores = x.double() @ w.double()
    with_bias, without = loss(scores + b.double()), loss(scores)
    return float((with_bias - without).abs()) > SHARE_SEEN * float(with_bias)


def _signs(rng: torch.Generator, shape: tuple[int, ...], dtype: torch.dtype) -> Tensor:
    return 2 * torch.randint(0, 2, shape, generator=rng).to(dtype) - 1


def _placed(w: Tensor, b: Tensor, x: Tensor, y01: Tensor, device: torch.device) -> dict[str, Any]:
    """Everything on the device, the parameters as leaves."""
    return {
        "w": w.to(device).requires_grad_(),
        "b": b.to(device).requires_grad_(),
        "x": x.to(device),
        "y01": y01.to(device),
    }
