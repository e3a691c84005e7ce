"""Four scalars that require gradients."""

from __future__ import annotations

import torch


def _leaves(values: torch.Tensor) -> dict[str, torch.Tensor]:
    return {name: value.clone().requires_grad_() for name, value in zip("abcd", values, strict=True)}


def whole(rng: torch.Generator) -> dict[str, torch.Tensor]:
    """Four different whole numbers between 2 and 9, so that everything is exact."""
    return _leaves(2.0 + torch.randperm(8, generator=rng)[:4].to(torch.float32))


def fractions(rng: torch.Generator, dtype: torch.dtype) -> dict[str, torch.Tensor]:
    """Between 0.5 and 2 in size; c and d have the same sign, so nothing cancels."""
    sizes = 0.5 + 1.5 * torch.rand(4, generator=rng, dtype=dtype)
    signs = 2 * torch.randint(0, 2, (3,), generator=rng).to(dtype) - 1
    return _leaves(sizes * torch.cat([signs, signs[2:]]))


def nearly_cancelling(rng: torch.Generator) -> dict[str, torch.Tensor]:
    """d is -c but for a ten-thousandth, in float64: whoever computes in float32 loses it."""
    values = 0.5 + 1.5 * torch.rand(4, generator=rng, dtype=torch.float64)
    values[2] *= 1000
    values[3] = -values[2] * (1 + 1e-4 * values[3])
    return _leaves(values)


def zero_factor(rng: torch.Generator) -> dict[str, torch.Tensor]:
    """a = 0: the result and three gradients are exactly zero, the gradient of a is not."""
    values = 2.0 + torch.randperm(8, generator=rng)[:4].to(torch.float32)
    values[0] = 0.0
    return _leaves(values)


def cancelling(rng: torch.Generator) -> dict[str, torch.Tensor]:
    """d = 1 - c: two large terms leave a·b, and everything is exact."""
    values = 2.0 + torch.randperm(8, generator=rng)[:4].to(torch.float64)
    values[3] = 1 - values[2]
    return _leaves(values)


def mixed_sizes(rng: torch.Generator, dtype: torch.dtype) -> dict[str, torch.Tensor]:
    """From thousandths to thousands."""
    sizes = torch.tensor([1e-3, 1e3, 10.0, 1e-1], dtype=dtype)
    return _leaves(sizes * (1.0 + torch.rand(4, generator=rng, dtype=dtype)))
