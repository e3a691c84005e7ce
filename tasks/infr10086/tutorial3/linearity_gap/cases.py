"""Inputs for linearity_gap: a layer with chosen parameters and two inputs.

The gap is what is left when large parts cancel. In float32 the numbers are therefore whole, so that nothing is rounded,
or the scores are not much larger than the gap; in float64 some are, so that float32 would show. No entry of the bias,
and hence of the gap, is 0.
"""

from __future__ import annotations

from typing import Any

import torch

from grader.author import noncontiguous


def worked_example(rng: torch.Generator) -> dict[str, Any]:
    """The example of the statement."""
    layer = _layer(torch.tensor([[1.0, 2.0], [0.0, -1.0]]), torch.tensor([3.0, 4.0]))
    return {"layer": layer, "x": torch.tensor([1.0, 1.0]), "y": torch.tensor([0.0, 1.0])}


def whole_numbers(rng: torch.Generator, d: int, outputs: int, dtype: torch.dtype) -> dict[str, Any]:
    """Whole numbers between 1 and 9, but for the bias, which is 1/2 off them: no score without it is its size."""
    bias = _bias_signs(rng, outputs) * (_whole(rng, outputs).abs() - 0.5)
    layer = _layer(_whole(rng, outputs, d).to(dtype), bias.to(dtype))
    return {"layer": layer, "x": _whole(rng, d).abs().to(dtype), "y": _whole(rng, d).abs().to(dtype)}


def fractions(rng: torch.Generator, d: int, outputs: int, dtype: torch.dtype, scale: float = 1.0) -> dict[str, Any]:
    """Numbers between 1/2 and 3/2 of either sign, but for the weight, which is `scale` times as large."""
    bias = _bias_signs(rng, outputs) * _fractions(rng, outputs, dtype=dtype).abs()
    layer = _layer(scale * _fractions(rng, outputs, d, dtype=dtype), bias)
    return {"layer": layer, "x": _fractions(rng, d, dtype=dtype), "y": _fractions(rng, d, dtype=dtype)}


def with_gaps(rng: torch.Generator, d: int, outputs: int, dtype: torch.dtype) -> dict[str, Any]:
    """Whole numbers, and inputs that are not contiguous in memory."""
    made = whole_numbers(rng, d, outputs, dtype)
    return {"layer": made["layer"], "x": noncontiguous(made["x"]), "y": noncontiguous(made["y"])}


def _whole(rng: torch.Generator, *shape: int) -> torch.Tensor:
    return torch.randint(1, 10, shape, generator=rng) * _signs(rng, *shape)


def _fractions(rng: torch.Generator, *shape: int, dtype: torch.dtype) -> torch.Tensor:
    return (0.5 + torch.rand(*shape, generator=rng, dtype=dtype)) * _signs(rng, *shape)


def _signs(rng: torch.Generator, *shape: int) -> torch.Tensor:
    return 2 * torch.randint(0, 2, shape, generator=rng) - 1


def _bias_signs(rng: torch.Generator, outputs: int) -> torch.Tensor:
    """Signs of the bias: plus, minus, then either. Taking absolute values of the gap must show."""
    signs = _signs(rng, outputs)
    signs[:2] = torch.tensor([1, -1])[:outputs]
    return signs


def _layer(weight: torch.Tensor, bias: torch.Tensor) -> torch.nn.Linear:
    """A linear layer with these parameters, as fresh leaves."""
    outputs, d = weight.shape
    layer = torch.nn.utils.skip_init(torch.nn.Linear, d, outputs, dtype=weight.dtype)
    assert isinstance(layer, torch.nn.Linear)
    with torch.no_grad():
        layer.weight.copy_(weight)
        layer.bias.copy_(bias)
    return layer
