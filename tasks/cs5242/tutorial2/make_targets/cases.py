"""Data and true parameters of a linear model. A case for `cuda` runs on whatever device the grader has."""

from __future__ import annotations

from typing import Any

import torch

from grader.author import noncontiguous


def worked_example(rng: torch.Generator, device: torch.device) -> dict[str, Any]:
    """The example of the statement."""
    return {
        "x": torch.tensor([[1.0, 0.0, 2.0], [0.0, 3.0, -1.0]], device=device),
        "w_true": torch.tensor([4.0, -1.0, 5.0], device=device),
        "b_true": torch.tensor([-2.0], device=device),
    }


def linear(rng: torch.Generator, n: int, d: int, dtype: torch.dtype, device: torch.device) -> dict[str, Any]:
    """Normal data; parameters as in the tutorial, with a bias that is not small."""
    x, w_true, b_true = _drawn(rng, n, d, dtype)
    return {"x": x.to(device), "w_true": w_true.to(device), "b_true": b_true.to(device)}


def with_gaps(rng: torch.Generator, n: int, d: int, dtype: torch.dtype, device: torch.device) -> dict[str, Any]:
    """The same, with data that are not contiguous in memory."""
    x, w_true, b_true = _drawn(rng, n, d, dtype)
    return {"x": noncontiguous(x.to(device)), "w_true": w_true.to(device), "b_true": b_true.to(device)}


def _drawn(rng: torch.Generator, n: int, d: int, dtype: torch.dtype) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Drawn again until one target is large enough that it does not consist of rounding errors."""
    while True:
        x = torch.randn(n, d, generator=rng, dtype=dtype)
        w_true = 5 * torch.randn(d, generator=rng, dtype=dtype)
        b_true = -2 * (1 + torch.rand(1, generator=rng, dtype=dtype))
        if (x @ w_true + b_true).abs().max() > 2 and (x @ w_true).abs().max() > 1:
            return x, w_true, b_true
