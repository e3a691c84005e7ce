"""Regression problems without cancellation: each feature has one sign, and so have all residuals."""

from __future__ import annotations

from typing import Any

import torch


def worked_example(rng: torch.Generator, k: int, device: torch.device) -> dict[str, Any]:
    """The example of the statement."""
    return {
        "w": torch.tensor([2.0, -1.0]).to(device).requires_grad_(),
        "b": torch.tensor([0.5]).to(device).requires_grad_(),
        "x": torch.tensor([[1.0, 2.0], [3.0, -1.0], [0.0, 4.0]]).to(device),
        "y_true": torch.tensor([1.5, 5.5, -3.0]).to(device),
        "k": k,
    }


def regression(
    rng: torch.Generator, n: int, d: int, k: int, dtype: torch.dtype, device: torch.device
) -> dict[str, Any]:
    """Residuals between 1 and 3 in size, so that no gradient is small."""
    x = _signs(rng, d, dtype) * (0.5 + 1.5 * torch.rand(n, d, generator=rng, dtype=dtype))
    w = torch.randn(d, generator=rng, dtype=dtype)
    b = torch.randn(1, generator=rng, dtype=dtype)
    y_true = x @ w + b + _signs(rng, 1, dtype) * (1 + 2 * torch.rand(n, generator=rng, dtype=dtype))
    return {
        "w": w.to(device).requires_grad_(),
        "b": b.to(device).requires_grad_(),
        "x": x.to(device),
        "y_true": y_true.to(device),
        "k": k,
    }


def nearly_fitted(
    rng: torch.Generator, n: int, d: int, k: int, dtype: torch.dtype, device: torch.device
) -> dict[str, Any]:
    """Targets that the model nearly meets: residuals between 0.02 and 0.05, which single precision cannot hold."""
    inputs = regression(rng, n, d, k, dtype, torch.device("cpu"))
    inputs["y_true"] = (inputs["x"] @ inputs["w"] + inputs["b"]).detach()
    inputs["y_true"] += _signs(rng, 1, dtype) * (0.02 + 0.03 * torch.rand(n, generator=rng, dtype=dtype))
    return {
        "w": inputs["w"].detach().to(device).requires_grad_(),
        "b": inputs["b"].detach().to(device).requires_grad_(),
        "x": inputs["x"].to(device),
        "y_true": inputs["y_true"].to(device),
        "k": k,
    }


def _signs(rng: torch.Generator, size: int, dtype: torch.dtype) -> torch.Tensor:
    return 2 * torch.randint(0, 2, (size,), generator=rng).to(dtype) - 1
