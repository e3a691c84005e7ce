"""Three tensors to add; `tracked` names those that require a gradient."""

from __future__ import annotations

import torch


def matrices(rng: torch.Generator, n: int, tracked: str, dtype: torch.dtype) -> dict[str, torch.Tensor]:
    """Square matrices, as on the slide."""
    return {name: torch.randn(n, n, generator=rng, dtype=dtype).requires_grad_(name in tracked) for name in "xyz"}


def broadcasting(rng: torch.Generator, n: int, tracked: str, dtype: torch.dtype) -> dict[str, torch.Tensor]:
    """A matrix, a row and a scalar."""
    shapes = {"x": (n, n), "y": (n,), "z": ()}
    return {
        name: torch.randn(shape, generator=rng, dtype=dtype).requires_grad_(name in tracked)
        for name, shape in shapes.items()
    }


def whole_numbers(rng: torch.Generator, n: int) -> dict[str, torch.Tensor]:
    """Two vectors of int64 and a tracked one of float32."""
    x, y = (torch.randint(-9, 10, (n,), generator=rng) for _ in range(2))
    return {"x": x, "y": y, "z": torch.randn(n, generator=rng).requires_grad_()}


def scalars(rng: torch.Generator, tracked: str) -> dict[str, torch.Tensor]:
    """Three 0-dim tensors."""
    return {name: torch.randn((), generator=rng).requires_grad_(name in tracked) for name in "xyz"}
