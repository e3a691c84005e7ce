"""Features and parameters of a linear model."""

from __future__ import annotations

from typing import Any

import torch

from grader.author import noncontiguous


def worked_example(rng: torch.Generator, device: torch.device) -> dict[str, Any]:
    """The example of the statement."""
    x = torch.tensor([[1.0, 2.0], [3.0, -1.0], [0.0, 4.0]])
    return _placed(x, torch.tensor([2.0, -1.0]), torch.tensor([0.5]), device)


def linear(rng: torch.Generator, n: int, d: int, dtype: torch.dtype, device: torch.device) -> dict[str, Any]:
    """All numbers at least 1/2 in size; each feature has one sign, so that no gradient is a small difference."""
    x = _signs(rng, d, dtype) * (0.5 + 1.5 * torch.rand(n, d, generator=rng, dtype=dtype))
    return _placed(x, _away_from_zero(rng, d, dtype), _away_from_zero(rng, 1, dtype), device)


def linear_with_gaps(rng: torch.Generator, n: int, d: int, dtype: torch.dtype, device: torch.device) -> dict[str, Any]:
    """The same with features that are not contiguous in memory."""
    inputs = linear(rng, n, d, dtype, device)
    return {**inputs, "x": noncontiguous(inputs["x"])}


def cancelling(rng: torch.Generator, n: int, d: int, dtype: torch.dtype, device: torch.device) -> dict[str, Any]:
    """Predictions between 0.02 and 0.05 in size, small against their terms: single precision cannot hold them."""
    inputs = linear(rng, n, d, dtype, torch.device("cpu"))
    x, w, b = (inputs[name].detach() for name in ("x", "w", "b"))
    wanted = _signs(rng, n, dtype) * (0.02 + 0.03 * torch.rand(n, generator=rng, dtype=dtype))
    x = x + (wanted - (x @ w + b))[:, None] * w / (w @ w)
    return _placed(x, w, b, device)


def _away_from_zero(rng: torch.Generator, size: int, dtype: torch.dtype) -> torch.Tensor:
    return _signs(rng, size, dtype) * (0.5 + 2 * torch.rand(size, generator=rng, dtype=dtype))


def _signs(rng: torch.Generator, size: int, dtype: torch.dtype) -> torch.Tensor:
    return 2 * torch.randint(0, 2, (size,), generator=rng).to(dtype) - 1


def _placed(x: torch.Tensor, w: torch.Tensor, b: torch.Tensor, device: torch.device) -> dict[str, Any]:
    """Everything on the device, the parameters as leaves."""
    return {"x": x.to(device), "w": w.to(device).requires_grad_(), "b": b.to(device).requires_grad_()}
