"""Parameters and gradients between 0.5 and 2 in size; the sums are those of earlier steps with other gradients."""

from __future__ import annotations

from typing import Any

import torch

from grader.author import noncontiguous


def worked_example(rng: torch.Generator) -> dict[str, Any]:
    """The example of the statement."""
    p, g, s = torch.tensor([1.0, -2.0]), torch.tensor([3.0, -4.0]), torch.tensor([16.0, 0.0])
    return {"p": p, "g": g, "s": s, "lr": 0.6, "eps": 1.0}


def anywhere(rng: torch.Generator, n: int, steps: int, lr: float, eps: float, dtype: torch.dtype) -> dict[str, Any]:
    """The step that follows `steps` earlier ones."""
    p, s = _parameters(rng, n, dtype), torch.zeros(n, dtype=dtype)
    for _ in range(steps):
        p, s = _step(p, _gradient(rng, n, dtype), s, lr, eps)
    return {"p": p, "g": _gradient(rng, n, dtype), "s": s, "lr": lr, "eps": eps}


def from_the_origin(
    rng: torch.Generator, n: int, steps: int, lr: float, eps: float, dtype: torch.dtype
) -> dict[str, Any]:
    """The same with parameters of zero: what is returned is the step itself."""
    made = anywhere(rng, n, steps, lr, eps, dtype)
    return {**made, "p": torch.zeros(n, dtype=dtype)}


def nearly_to_the_origin(
    rng: torch.Generator, n: int, steps: int, lr: float, eps: float, dtype: torch.dtype
) -> dict[str, Any]:
    """The step takes nearly everything away, and with it the digits that single precision holds."""
    made = anywhere(rng, n, steps, lr, eps, dtype)
    reached, _ = _step(torch.zeros(n, dtype=dtype), made["g"], made["s"], lr, eps)
    return {**made, "p": -reached * (1.0 + 0.05 * _sizes(rng, n, dtype))}


def untouched(rng: torch.Generator, n: int, lr: float, eps: float, dtype: torch.dtype) -> dict[str, Any]:
    """Every second gradient and its sum are zero, as for a word that has not occurred yet."""
    made = anywhere(rng, n, 2, lr, eps, dtype)
    made["g"][::2] = 0.0
    made["s"][::2] = 0.0
    return made


def strided(rng: torch.Generator, n: int, steps: int, lr: float, eps: float, dtype: torch.dtype) -> dict[str, Any]:
    """None of the tensors is contiguous in memory."""
    made = anywhere(rng, n, steps, lr, eps, dtype)
    return {**made, **{name: noncontiguous(made[name]) for name in ("p", "g", "s")}}


def _step(
    p: torch.Tensor, g: torch.Tensor, s: torch.Tensor, lr: float, eps: float
) -> tuple[torch.Tensor, torch.Tensor]:
    s = s + g * g
    return p - lr * g / (s.sqrt() + eps), s


def _parameters(rng: torch.Generator, n: int, dtype: torch.dtype) -> torch.Tensor:
    signs = 2 * torch.randint(0, 2, (n,), generator=rng).to(dtype) - 1
    return signs * _sizes(rng, n, dtype)


def _gradient(rng: torch.Generator, n: int, dtype: torch.dtype) -> torch.Tensor:
    """Both signs in turn."""
    return torch.tensor([-1.0, 1.0], dtype=dtype).repeat(n)[:n] * _sizes(rng, n, dtype)


def _sizes(rng: torch.Generator, n: int, dtype: torch.dtype) -> torch.Tensor:
    return 0.5 + 1.5 * torch.rand(n, generator=rng, dtype=dtype)
