"""Inputs for train_linear: a fresh layer and a labelled data set."""

from __future__ import annotations

from typing import Any

import torch

from grader.author import noncontiguous


def tutorial(rng: torch.Generator, n: int, lr: float, dtype: torch.dtype) -> dict[str, Any]:
    """The tutorial's made-up data: three features between 0 and 1, two classes taking turns."""
    xs = torch.rand(n, 3, generator=rng, dtype=dtype)
    return {"layer": _layer(rng, 3, 2, dtype), "xs": xs, "ys": torch.arange(n) % 2, "lr": lr}


def labelled(rng: torch.Generator, n: int, d: int, classes: int, lr: float, dtype: torch.dtype) -> dict[str, Any]:
    """n samples of d features, whose classes come in a random order."""
    xs, ys = _data(rng, n, d, classes, dtype)
    return {"layer": _layer(rng, d, classes, dtype), "xs": xs, "ys": ys, "lr": lr}


def labelled_with_gaps(
    rng: torch.Generator, n: int, d: int, classes: int, lr: float, dtype: torch.dtype
) -> dict[str, Any]:
    """The same with samples that are not contiguous in memory."""
    xs, ys = _data(rng, n, d, classes, dtype)
    return {"layer": _layer(rng, d, classes, dtype), "xs": noncontiguous(xs), "ys": ys, "lr": lr}


def _data(rng: torch.Generator, n: int, d: int, classes: int, dtype: torch.dtype) -> tuple[torch.Tensor, torch.Tensor]:
    """Features of size 1/2 to 3/2 and either sign, so that every step shows; all classes occur where n allows it."""
    signs = 2 * torch.randint(0, 2, (n, d), generator=rng) - 1
    xs = signs * (0.5 + torch.rand(n, d, generator=rng, dtype=dtype))
    return xs, torch.randperm(n, generator=rng) % classes


def _layer(rng: torch.Generator, d: int, classes: int, dtype: torch.dtype) -> torch.nn.Linear:
    """Parameters between -1/2 and 1/2, as fresh leaves without gradients."""
    layer = torch.nn.utils.skip_init(torch.nn.Linear, d, classes, dtype=dtype)
    assert isinstance(layer, torch.nn.Linear)
    with torch.no_grad():
        layer.weight.copy_(torch.rand(classes, d, generator=rng, dtype=dtype) - 0.5)
        layer.bias.copy_(torch.rand(classes, generator=rng, dtype=dtype) - 0.5)
    return layer
