"""Numbers that are exactly 0, or off it by a quarter of their scale at least."""

from __future__ import annotations

from typing import Any

import torch

from grader.author import noncontiguous


def worked_example(rng: torch.Generator, device: torch.device) -> dict[str, Any]:
    """The example of the statement."""
    return {"y": torch.tensor([2.5, -1.5, 0.0, 0.5, -0.25], device=device)}


def numbers(
    rng: torch.Generator, n: int, zeros: int, dtype: torch.dtype, device: torch.device, scale: float = 1.0
) -> dict[str, Any]:
    """n numbers in any order, `zeros` of them 0, and of the others at least a third positive and a third negative."""
    return {"y": _numbers(rng, n, zeros, dtype, scale).to(device)}


def with_gaps(rng: torch.Generator, n: int, zeros: int, dtype: torch.dtype, device: torch.device) -> dict[str, Any]:
    """The same, not contiguous in memory."""
    return {"y": noncontiguous(_numbers(rng, n, zeros, dtype, 1.0).to(device))}


def constant(rng: torch.Generator, n: int, sign: int, dtype: torch.dtype, device: torch.device) -> dict[str, Any]:
    """n numbers of one sign, or zeros."""
    sizes = 0.25 + 3 * torch.rand(n, generator=rng, dtype=dtype)
    return {"y": (sign * sizes).to(device)}


def _numbers(rng: torch.Generator, n: int, zeros: int, dtype: torch.dtype, scale: float) -> torch.Tensor:
    signs = torch.where(torch.arange(n) % 2 == 0, -1, 1)
    signs[:zeros] = 0
    sizes = scale * (0.25 + 3 * torch.rand(n, generator=rng, dtype=dtype))
    return (signs * sizes)[torch.randperm(n, generator=rng)]
