"""Weights and samples of small whole numbers other than zero, so that scores are exact."""

from __future__ import annotations

from typing import Any

import torch

from grader.author import noncontiguous

TRIES = 200
POOL = 500  # rows to choose from


def worked_example(rng: torch.Generator) -> dict[str, Any]:
    """The example of the statement."""
    return {"w": torch.tensor([1.0, -2.0]), "X": torch.tensor([[3.0, 1.0], [2.0, 1.0], [0.0, 2.0]])}


def off_boundary(rng: torch.Generator, n: int, d: int, dtype: torch.dtype) -> dict[str, Any]:
    """Scores beyond ±1; half of them, rounded up, are negative. Transposing a square X gives other classes."""
    w, X = _drawn(rng, n, d)
    for _ in range(TRIES):
        if n != d or n == 1 or not torch.equal(X @ w >= 0, X.T @ w >= 0):
            break
        w, X = _drawn(rng, n, d)
    return {"w": w.to(dtype), "X": X.to(dtype)}


def off_boundary_with_gaps(rng: torch.Generator, n: int, d: int, dtype: torch.dtype) -> dict[str, Any]:
    """The same with tensors that are not contiguous in memory."""
    made = off_boundary(rng, n, d, dtype)
    return {"w": noncontiguous(made["w"]), "X": noncontiguous(made["X"])}


def partly_on_boundary(rng: torch.Generator, n: int, d: int, dtype: torch.dtype) -> dict[str, Any]:
    """One row in three has a score of zero, and another one of -1: their last entries are made to fit."""
    w, X = _drawn(rng, n, d)
    w[-2:] = torch.tensor([1, -1])
    negative, *zeros = torch.randperm(n, generator=rng)[: 1 + n // 3].tolist()
    fitting = X[:, -2] + X[:, :-2] @ w[:-2]
    X[zeros, -1] = fitting[zeros]
    X[negative, -1] = fitting[negative] + 1
    return {"w": w.to(dtype), "X": X.to(dtype)}


def zero_weights(rng: torch.Generator, n: int, d: int, dtype: torch.dtype) -> dict[str, Any]:
    """Every score is zero."""
    return {"w": torch.zeros(d, dtype=dtype), "X": _whole(rng, n, d).to(dtype)}


def large(rng: torch.Generator, n: int) -> dict[str, Any]:
    """Scores of ±5 and ±7, of entries that single precision would round to the same number, so that scores became 0."""
    big = 2**27 + 16 * torch.randint(1, 1000, (n,), generator=rng)
    X = torch.stack([big, big + 6 - torch.tensor([-1, 1])[torch.arange(n) % 2]], dim=1)
    flip = torch.randint(0, 2, (n, 1), generator=rng)
    flip[:4] = torch.tensor([[0], [0], [1], [1]])[:n]
    X = torch.where(flip == 1, X.flip(1), X)
    return {"w": torch.tensor([1.0, -1.0], dtype=torch.float64), "X": X[torch.randperm(n, generator=rng)].double()}


def _drawn(rng: torch.Generator, n: int, d: int) -> tuple[torch.Tensor, torch.Tensor]:
    w, pool = _whole(rng, 1, d)[0], _whole(rng, POOL, d)
    scores = pool @ w
    negative, positive = pool[scores < -1][: n - n // 2], pool[scores > 1][: n // 2]
    X = torch.cat([negative, positive])
    return w, X[torch.randperm(n, generator=rng)]


def _whole(rng: torch.Generator, n: int, d: int) -> torch.Tensor:
    """Between 1 and 5 in size."""
    signs = 2 * torch.randint(0, 2, (n, d), generator=rng) - 1
    return signs * torch.randint(1, 6, (n, d), generator=rng)
