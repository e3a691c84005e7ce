"""Three vectors without small entries, and without two equal ones among x, y, z at the same place."""

from __future__ import annotations

from typing import Any

import torch

from grader.author import noncontiguous


def slide(rng: torch.Generator) -> dict[str, Any]:
    """The numbers of the slide."""
    return {
        "x": torch.tensor([-1.5, 1.2], requires_grad=True),
        "y": torch.tensor([1.0, -1.3]),
        "z": torch.tensor([-2.0, 0.2], requires_grad=True),
    }


def vectors(rng: torch.Generator, n: int, tracked: str, dtype: torch.dtype) -> dict[str, Any]:
    """Entries of either sign; `tracked` holds the letters of the inputs that require a gradient."""
    x, y, z = (low + 0.4 * torch.rand(n, generator=rng, dtype=dtype) for low in (0.5, 1.2, 1.9))
    made = {"x": _signs(rng, n) * x, "y": _signs(rng, n) * y, "z": _signs(rng, n) * z}
    return {name: tensor.requires_grad_(name in tracked) for name, tensor in made.items()}


def strided(rng: torch.Generator, n: int, dtype: torch.dtype) -> dict[str, Any]:
    """Plain tensors that are not contiguous."""
    return {name: noncontiguous(tensor) for name, tensor in vectors(rng, n, "", dtype).items()}


def _signs(rng: torch.Generator, n: int) -> torch.Tensor:
    return 2 * torch.randint(0, 2, (n,), generator=rng) - 1
