"""Parameters and gradients between 0.5 and 2 in size; the averages are those of earlier steps with other gradients."""

from __future__ import annotations

from typing import Any

import torch

from grader.author import noncontiguous

Averages = tuple[torch.Tensor, torch.Tensor]


def worked_example(rng: torch.Generator) -> dict[str, Any]:
    """The example of the statement."""
    p, g = torch.tensor([1.0, -2.0]), torch.tensor([2.0, -4.0])
    m, v = torch.tensor([1.0, -2.0]), torch.tensor([1.6, 6.4])
    return {"p": p, "g": g, "m": m, "v": v, "t": 2, "lr": 0.6, "beta1": 0.5, "beta2": 0.6, "eps": 1.0}


def anywhere(
    rng: torch.Generator, n: int, steps: int, lr: float, beta1: float, beta2: float, eps: float, dtype: torch.dtype
) -> dict[str, Any]:
    """The step that follows `steps` earlier ones."""
    p, m, v = _parameters(rng, n, dtype), torch.zeros(n, dtype=dtype), torch.zeros(n, dtype=dtype)
    for t in range(1, steps + 1):
        g = _gradient(rng, n, dtype)
        m, v = _averages(g, m, v, beta1, beta2)
        p = p - lr * _direction(m, v, t, beta1, beta2, eps)
    g = _gradient(rng, n, dtype)
    hyper = {"lr": lr, "beta1": beta1, "beta2": beta2, "eps": eps}
    return {"p": p, "g": g, "m": m, "v": v, "t": steps + 1, **hyper}


def from_the_origin(
    rng: torch.Generator, n: int, steps: int, lr: float, beta1: float, beta2: float, eps: float, dtype: torch.dtype
) -> dict[str, Any]:
    """The same with parameters of zero: what is returned is the step itself."""
    made = anywhere(rng, n, steps, lr, beta1, beta2, eps, dtype)
    return {**made, "p": torch.zeros(n, dtype=dtype)}


def late(
    rng: torch.Generator, n: int, t: int, lr: float, beta1: float, beta2: float, eps: float, dtype: torch.dtype
) -> dict[str, Any]:
    """A step long after the first one, with averages that are drawn and not computed."""
    made = anywhere(rng, n, 0, lr, beta1, beta2, eps, dtype)
    return {**made, "m": _parameters(rng, n, dtype), "v": 2.0 * _sizes(rng, n, dtype) ** 2, "t": t}


def nearly_to_the_origin(
    rng: torch.Generator, n: int, t: int, lr: float, beta1: float, beta2: float, eps: float, dtype: torch.dtype
) -> dict[str, Any]:
    """The step takes nearly everything away, and with it the digits that single precision holds."""
    made = late(rng, n, t, lr, beta1, beta2, eps, dtype)
    m, v = _averages(made["g"], made["m"], made["v"], beta1, beta2)
    step = lr * _direction(m, v, t, beta1, beta2, eps)
    return {**made, "p": step * (1.0 + 0.05 * _sizes(rng, n, dtype))}


def untouched(
    rng: torch.Generator, n: int, lr: float, beta1: float, beta2: float, eps: float, dtype: torch.dtype
) -> dict[str, Any]:
    """Every second gradient and its averages are zero, as for a word that has not occurred yet."""
    made = anywhere(rng, n, 2, lr, beta1, beta2, eps, dtype)
    for name in ("g", "m", "v"):
        made[name][::2] = 0.0
    return made


def strided(
    rng: torch.Generator, n: int, steps: int, lr: float, beta1: float, beta2: float, eps: float, dtype: torch.dtype
) -> dict[str, Any]:
    """None of the tensors is contiguous in memory."""
    made = anywhere(rng, n, steps, lr, beta1, beta2, eps, dtype)
    return {**made, **{name: noncontiguous(made[name]) for name in ("p", "g", "m", "v")}}


def _averages(g: torch.Tensor, m: torch.Tensor, v: torch.Tensor, beta1: float, beta2: float) -> Averages:
    return beta1 * m + (1 - beta1) * g, beta2 * v + (1 - beta2) * g * g


def _direction(m: torch.Tensor, v: torch.Tensor, t: int, beta1: float, beta2: float, eps: float) -> torch.Tensor:
    return m / (1 - beta1**t) / ((v / (1 - beta2**t)).sqrt() + eps)


def _parameters(rng: torch.Generator, n: int, dtype: torch.dtype) -> torch.Tensor:
    signs = 2 * torch.randint(0, 2, (n,), generator=rng).to(dtype) - 1
    return signs * _sizes(rng, n, dtype)


def _gradient(rng: torch.Generator, n: int, dtype: torch.dtype) -> torch.Tensor:
    """Both signs in turn."""
    return torch.tensor([-1.0, 1.0], dtype=dtype).repeat(n)[:n] * _sizes(rng, n, dtype)


def _sizes(rng: torch.Generator, n: int, dtype: torch.dtype) -> torch.Tensor:
    return 0.5 + 1.5 * torch.rand(n, generator=rng, dtype=dtype)
