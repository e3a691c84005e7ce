"""Two inputs, a target and three weights. All sizes differ, none is 1, and neither u nor the error f - y is small."""

from __future__ import annotations

import torch

SIZES = (0.6, 0.8, 1.3, 1.7, 2.2)


def worked_example(rng: torch.Generator) -> dict[str, torch.Tensor]:
    """The example of the statement; the weights require gradients, as in the workshop."""
    values = {"a": 2.0, "b": 3.0, "y": 10.0, "w0": 1.0, "w1": 1.0, "v": 1.0}
    return {name: torch.tensor(value, requires_grad=name in {"w0", "w1", "v"}) for name, value in values.items()}


def cancelling(rng: torch.Generator, leaves: str) -> dict[str, torch.Tensor]:
    """Two large terms of which little is left: u is an odd number times 3, and single precision would round a."""
    left = 1 + 2 * int(torch.randint(1, 5, (), generator=rng))
    a = 2**24 + 1 + 2 * int(torch.randint(0, 1000, (), generator=rng))
    values = {"a": a, "b": 2 * (a - left), "y": 1.5 * left + 2.5, "w0": 3.0, "w1": -1.5, "v": 0.5}
    tensors = {name: torch.tensor(value, dtype=torch.float64) for name, value in values.items()}
    return {name: value.requires_grad_(name in leaves.split()) for name, value in tensors.items()}


def numbers(
    rng: torch.Generator, side: int, leaves: str, dtype: torch.dtype, negative: bool = False
) -> dict[str, torch.Tensor]:
    """The target lies above the output for side 1, below for -1; `leaves` require gradients."""
    sizes = torch.tensor(SIZES, dtype=dtype)[torch.randperm(5, generator=rng)]
    drawn = sizes + 0.1 * torch.rand(5, generator=rng, dtype=dtype)
    drawn *= 2 * torch.randint(0, 2, (5,), generator=rng).to(dtype) - 1
    a, b, w0, w1, v = drawn
    if a * w0 * b * w1 < 0:  # the two terms of u would cancel each other
        w1 = -w1
    if negative and a * w0 > 0:
        a, b = -a, -b
    y = v * (a * w0 + b * w1) + side * (1.5 + torch.rand((), generator=rng, dtype=dtype))
    values = {"a": a, "b": b, "y": y, "w0": w0, "w1": w1, "v": v}
    return {name: value.clone().requires_grad_(name in leaves.split()) for name, value in values.items()}
