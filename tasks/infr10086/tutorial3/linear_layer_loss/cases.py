"""Inputs for linear_layer_loss: a layer with chosen parameters, one example and its class.

Biases differ from class to class, because cross entropy does not notice a number added to all scores. Scores differ by
less than 4, so that no loss is so small that its float32 value hangs on rounding.
"""

from __future__ import annotations

from typing import Any

import torch

from grader.author import noncontiguous


def worked_example(rng: torch.Generator) -> dict[str, Any]:
    """The example of the statement: scores 1 and 4."""
    weight, bias = torch.tensor([[1.0, 0.0, -1.0], [0.0, 1.0, 1.0]]), torch.tensor([3.0, -1.0])
    return {"layer": _layer(weight, bias), "x_i": torch.tensor([1.0, 2.0, 3.0]), "y_i": torch.tensor(0)}


def scored(rng: torch.Generator, d: int, classes: int, label: int, dtype: torch.dtype) -> dict[str, Any]:
    """An example of the given class, which need not have the highest score."""
    layer = _random_layer(rng, d, classes, dtype)
    return {"layer": layer, "x_i": _example(rng, d, dtype), "y_i": torch.tensor(label)}


def scored_with_gaps(rng: torch.Generator, d: int, classes: int, label: int, dtype: torch.dtype) -> dict[str, Any]:
    """The same with an example that is not contiguous in memory."""
    layer = _random_layer(rng, d, classes, dtype)
    return {"layer": layer, "x_i": noncontiguous(_example(rng, d, dtype)), "y_i": torch.tensor(label)}


def _example(rng: torch.Generator, d: int, dtype: torch.dtype) -> torch.Tensor:
    """Entries of size 1/2 to 1 and either sign."""
    return (1 + torch.rand(d, generator=rng, dtype=dtype)) * (torch.randint(0, 2, (d,), generator=rng) - 0.5)


def _random_layer(rng: torch.Generator, d: int, classes: int, dtype: torch.dtype) -> torch.nn.Linear:
    """Weights up to 1/d, biases between -3/4 and 1, at least 1/8 apart."""
    weight = (2 * torch.rand(classes, d, generator=rng, dtype=dtype) - 1) / d
    steps = torch.linspace(-0.75, 0.75, classes, dtype=dtype)
    noise = 0.25 * torch.rand(classes, generator=rng, dtype=dtype)
    return _layer(weight, steps[torch.randperm(classes, generator=rng)] + noise)


def _layer(weight: torch.Tensor, bias: torch.Tensor) -> torch.nn.Linear:
    """A linear layer with these parameters, as fresh leaves."""
    classes, d = weight.shape
    layer = torch.nn.utils.skip_init(torch.nn.Linear, d, classes, dtype=weight.dtype)
    assert isinstance(layer, torch.nn.Linear)
    with torch.no_grad():
        layer.weight.copy_(weight)
        layer.bias.copy_(bias)
    return layer
