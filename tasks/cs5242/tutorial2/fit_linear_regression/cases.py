"""Data for linear regression, and step sizes for which gradient descent cannot overshoot.

With X̃ = [x, 1] and L = ‖X̃θ − y‖² the Hessian is 2·X̃ᵀX̃; `lr` is `rate` over its largest eigenvalue, rounded down, so
that a `rate` below 1 is safe.
"""

from __future__ import annotations

import math
from typing import Any

import torch

WORST_CONDITION = 12.0


def tutorial(rng: torch.Generator, n: int, d: int, tol: float, max_steps: int, device: torch.device) -> dict[str, Any]:
    """The data of the tutorial, with its step size of 0.01; drawn again until that step size is safe."""
    while True:
        x = torch.randn(n, d, generator=rng)
        low, high = _curvature(x)
        if high <= 80 and high / low <= WORST_CONDITION:
            return _fit(rng, x, 0.01, tol, max_steps, device)


def right_angles(
    rng: torch.Generator, rate: float, tol: float, max_steps: int, dtype: torch.dtype, device: torch.device
) -> dict[str, Any]:
    """Eight samples of three features, orthogonal to each other and to the ones: every step shrinks the loss alike."""
    two = torch.tensor([[1.0, 1.0], [1.0, -1.0]])
    hadamard = torch.kron(torch.kron(two, two), two)
    columns = 1 + torch.randperm(7, generator=rng)[:3]
    signs = 2.0 * torch.randint(0, 2, (3,), generator=rng) - 1
    x = hadamard[torch.randperm(8, generator=rng)][:, columns] * signs
    return _fit(rng, x.to(dtype), rate / 16, tol, max_steps, device)


def normal_features(
    rng: torch.Generator,
    n: int,
    d: int,
    rate: float,
    tol: float,
    max_steps: int,
    dtype: torch.dtype,
    device: torch.device,
) -> dict[str, Any]:
    """Normal features, drawn again until the problem is conditioned well enough to be solved in time."""
    while True:
        x = torch.randn(n, d, generator=rng, dtype=dtype)
        low, high = _curvature(x)
        if high / low <= WORST_CONDITION:
            return _fit(rng, x, _rounded_down(rate / high), tol, max_steps, device)


def noisy(
    rng: torch.Generator,
    n: int,
    d: int,
    rate: float,
    tol: float,
    max_steps: int,
    dtype: torch.dtype,
    device: torch.device,
) -> dict[str, Any]:
    """Targets with noise of variance 1: the loss cannot come near a small tolerance."""
    made = normal_features(rng, n, d, rate, tol, max_steps, dtype, device)
    noise = torch.randn(n, generator=rng, dtype=dtype)
    return {**made, "y_true": made["y_true"] + noise.to(device)}


def one_sample(
    rng: torch.Generator, d: int, rate: float, tol: float, max_steps: int, dtype: torch.dtype, device: torch.device
) -> dict[str, Any]:
    """A single row: many parameters fit it, and any of them will do."""
    x = torch.randn(1, d, generator=rng, dtype=dtype)
    return _fit(rng, x, _rounded_down(rate / _curvature(x)[1]), tol, max_steps, device)


def nearly_in_one_step(
    rng: torch.Generator, rate: float, tol: float, max_steps: int, dtype: torch.dtype, device: torch.device
) -> dict[str, Any]:
    """True parameters between 50 and 100 in size, far from any start, and a step that leads close to them.

    A start has a loss far above `tol`, and one step brings it below: whoever leaves the first loss out shows.
    """
    made = right_angles(rng, rate, tol, max_steps, dtype, torch.device("cpu"))
    x = made["x"]
    size = 50 + 50 * torch.rand(x.shape[1] + 1, generator=rng, dtype=dtype)
    theta = size * (2 * torch.randint(0, 2, size.shape, generator=rng).to(dtype) - 1)
    y_true = x @ theta[:-1] + theta[-1]
    return {**made, "x": x.to(device), "y_true": y_true.to(device)}


def _fit(
    rng: torch.Generator, x: torch.Tensor, lr: float, tol: float, max_steps: int, device: torch.device
) -> dict[str, Any]:
    w_true = 5 * torch.randn(x.shape[1], generator=rng, dtype=x.dtype)
    b_true = -2 * torch.randn(1, generator=rng, dtype=x.dtype)
    y_true = x @ w_true + b_true
    return {"x": x.to(device), "y_true": y_true.to(device), "lr": lr, "tol": tol, "max_steps": max_steps}


def _curvature(x: torch.Tensor) -> tuple[float, float]:
    """The smallest and the largest eigenvalue of the Hessian."""
    design = torch.cat([x, torch.ones(len(x), 1, dtype=x.dtype)], dim=1).double()
    eigenvalues = torch.linalg.eigvalsh(2 * design.T @ design)
    return float(eigenvalues[0]), float(eigenvalues[-1])


def _rounded_down(number: float) -> float:
    """To two significant digits, as people choose step sizes."""
    unit = 10.0 ** (math.floor(math.log10(number)) - 1)
    return math.floor(number / unit) * unit
