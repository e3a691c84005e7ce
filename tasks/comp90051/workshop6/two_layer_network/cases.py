"""Two inputs and three weights, all of different sizes, none of size 1; u is never small."""

from __future__ import annotations

import torch

SIZES = (0.6, 0.8, 1.3, 1.7, 2.2)
NAMES = ("a", "b", "w0", "w1", "v")
WEIGHTS = NAMES[2:]


def worked_example(rng: torch.Generator) -> dict[str, torch.Tensor]:
    """The example of the statement."""
    return _leaves(torch.tensor([2.0, 3.0, 1.0, 1.0, 1.0]))


def fractions(rng: torch.Generator, dtype: torch.dtype, scale: float = 1.0) -> dict[str, torch.Tensor]:
    """Signs at random, but for one that keeps the two terms of u from cancelling each other."""
    return _leaves(scale * _numbers(rng, dtype))


def negative_unit(rng: torch.Generator, dtype: torch.dtype) -> dict[str, torch.Tensor]:
    """u is negative."""
    numbers = _numbers(rng, dtype)
    if numbers[0] * numbers[2] > 0:
        numbers[:2] *= -1.0
    return _leaves(numbers)


def cancelling(rng: torch.Generator) -> dict[str, torch.Tensor]:
    """Two large terms of which little is left: u is an odd number times 3, and single precision would round a."""
    left, more = 1 + 2 * torch.randint(1, 5, (), generator=rng), 2 * torch.randint(0, 1000, (), generator=rng)
    a = 2**24 + 1 + int(more)
    v = 1.25 + float(torch.rand((), generator=rng))
    return _leaves(torch.tensor([a, 2 * (a - int(left)), 3.0, -1.5, v], dtype=torch.float64))


def zero_input(rng: torch.Generator, dtype: torch.dtype) -> dict[str, torch.Tensor]:
    """a = 0, so that its weight has a gradient of zero."""
    numbers = _numbers(rng, dtype)
    numbers[0] = 0.0
    return _leaves(numbers)


def _numbers(rng: torch.Generator, dtype: torch.dtype) -> torch.Tensor:
    sizes = torch.tensor(SIZES, dtype=dtype)[torch.randperm(5, generator=rng)]
    numbers = sizes + 0.1 * torch.rand(5, generator=rng, dtype=dtype)
    numbers *= 2 * torch.randint(0, 2, (5,), generator=rng).to(dtype) - 1
    if numbers[0] * numbers[2] * numbers[1] * numbers[3] < 0:
        numbers[3] *= -1.0
    return numbers


def _leaves(numbers: torch.Tensor) -> dict[str, torch.Tensor]:
    values = dict(zip(NAMES, numbers.unbind(), strict=True))
    return {name: value.clone().requires_grad_(name in WEIGHTS) for name, value in values.items()}
