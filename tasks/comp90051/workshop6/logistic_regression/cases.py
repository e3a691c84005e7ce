"""Data with noisy 0/1 labels, so that fits stay far from certainty; `what` says how the model is used."""

from __future__ import annotations

from typing import Any

import torch

from grader.author import noncontiguous


def fresh(rng: torch.Generator, d: int, dtype: torch.dtype) -> dict[str, Any]:
    """A model that is only made."""
    return _using("start", torch.zeros(1, d, dtype=dtype), torch.zeros(1, dtype=dtype))


def loaded(rng: torch.Generator, n: int, d: int, dtype: torch.dtype, level: float = 0.0) -> dict[str, Any]:
    """Parameters to load and rows to score; scores are a few units in size.

    At a high level they are what remains of much larger numbers, which single precision does not see well.
    """
    rows = level + torch.randn(n, d, generator=rng, dtype=dtype)
    made = _using("forward", rows, torch.zeros(n, dtype=dtype))
    w = torch.randn(d, generator=rng, dtype=dtype)
    b = 0.5 + torch.rand(1, generator=rng, dtype=dtype)
    made["state"] = {"w": w, "b": b - level * w.sum()}
    return made


def strided(rng: torch.Generator, n: int, d: int, dtype: torch.dtype, level: float = 0.0) -> dict[str, Any]:
    """The same with rows that are not contiguous."""
    made = loaded(rng, n, d, dtype, level)
    made["X"] = noncontiguous(made["X"])
    return made


def labelled(
    rng: torch.Generator, n: int, d: int, lr: float, epochs: int, dtype: torch.dtype, what: str = "fit"
) -> dict[str, Any]:
    """Labels that follow a direction in part; half of them, rounded down, are 1."""
    rows = torch.randn(n, d, generator=rng, dtype=dtype) + 0.5
    scores = rows.sum(dim=1) + torch.randn(n, generator=rng, dtype=dtype)
    labels = (scores > scores.median()).to(dtype)
    return _using(what, rows, labels, lr, epochs)


def one_class(rng: torch.Generator, n: int, d: int, lr: float, epochs: int, dtype: torch.dtype) -> dict[str, Any]:
    """Every label is 1."""
    rows = torch.randn(n, d, generator=rng, dtype=dtype)
    return _using("fit", rows, torch.ones(n, dtype=dtype), lr, epochs)


def _using(what: str, rows: torch.Tensor, labels: torch.Tensor, lr: float = 0.1, epochs: int = 1) -> dict[str, Any]:
    return {
        "what": what,
        "n_features": rows.shape[1],
        "state": {},
        "X": rows,
        "y": labels,
        "lr": lr,
        "epochs": epochs,
    }
