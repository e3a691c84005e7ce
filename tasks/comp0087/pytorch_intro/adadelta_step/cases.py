"""Parameters and gradients between 0.5 and 2 in size; the averages are those of earlier steps with other gradients."""

from __future__ import annotations

from typing import Any

import torch

from grader.author import noncontiguous


def worked_example(rng: torch.Generator) -> dict[str, Any]:
    """The example of the statement."""
    p, g = torch.tensor([2.0, -2.0]), torch.tensor([2.0, -4.0])
    v, u = torch.tensor([0.0, 12.0]), torch.tensor([1.0, 6.0])
    return {"p": p, "g": g, "v": v, "u": u, "lr": 0.5, "rho": 0.75, "eps": 3.0}


def anywhere(
    rng: torch.Generator, n: int, steps: int, lr: float, rho: float, eps: float, dtype: torch.dtype
) -> dict[str, Any]:
    """The step that follows `steps` earlier ones."""
    p, v, u = _parameters(rng, n, dtype), torch.zeros(n, dtype=dtype), torch.zeros(n, dtype=dtype)
    for _ in range(steps):
        p, v, u = _step(p, _gradient(rng, n, dtype), v, u, lr, rho, eps)
    return {"p": p, "g": _gradient(rng, n, dtype), "v": v, "u": u, "lr": lr, "rho": rho, "eps": eps}


def from_the_origin(
    rng: torch.Generator, n: int, steps: int, lr: float, rho: float, eps: float, dtype: torch.dtype
) -> dict[str, Any]:
    """The same with parameters of zero: what is returned is the step itself."""
    made = anywhere(rng, n, steps, lr, rho, eps, dtype)
    return {**made, "p": torch.zeros(n, dtype=dtype)}


def nearly_to_the_origin(
    rng: torch.Generator, n: int, steps: int, lr: float, rho: float, eps: float, dtype: torch.dtype
) -> dict[str, Any]:
    """The step takes nearly everything away, and with it the digits that single precision holds."""
    made = anywhere(rng, n, steps, lr, rho, eps, dtype)
    reached, _, _ = _step(torch.zeros(n, dtype=dtype), made["g"], made["v"], made["u"], lr, rho, eps)
    return {**made, "p": -reached * (1.0 + 0.05 * _sizes(rng, n, dtype))}


def untouched(rng: torch.Generator, n: int, lr: float, rho: float, eps: float, dtype: torch.dtype) -> dict[str, Any]:
    """Every second gradient and its averages are zero, as for a word that has not occurred yet."""
    made = anywhere(rng, n, 2, lr, rho, eps, dtype)
    for name in ("g", "v", "u"):
        made[name][::2] = 0.0
    return made


def strided(
    rng: torch.Generator, n: int, steps: int, lr: float, rho: float, eps: float, dtype: torch.dtype
) -> dict[str, Any]:
    """None of the tensors is contiguous in memory."""
    made = anywhere(rng, n, steps, lr, rho, eps, dtype)
    return {**made, **{name: noncontiguous(made[name]) for name in ("p", "g", "v", "u")}}


def _step(
    p: torch.Tensor, g: torch.Tensor, v: torch.Tensor, u: torch.Tensor, lr: float, rho: float, eps: float
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    v = rho * v + (1 - rho) * g * g
    step = (u + eps).sqrt() / (v + eps).sqrt() * g
    return p - lr * step, v, rho * u + (1 - rho) * step * step


def _parameters(rng: torch.Generator, n: int, dtype: torch.dtype) -> torch.Tensor:
    signs = 2 * torch.randint(0, 2, (n,), generator=rng).to(dtype) - 1
    return signs * _sizes(rng, n, dtype)


def _gradient(rng: torch.Generator, n: int, dtype: torch.dtype) -> torch.Tensor:
    """Both signs in turn."""
    return torch.tensor([-1.0, 1.0], dtype=dtype).repeat(n)[:n] * _sizes(rng, n, dtype)


def _sizes(rng: torch.Generator, n: int, dtype: torch.dtype) -> torch.Tensor:
    return 0.5 + 1.5 * torch.rand(n, generator=rng, dtype=dtype)
