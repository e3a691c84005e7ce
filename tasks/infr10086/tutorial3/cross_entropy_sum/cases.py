"""Inputs for cross_entropy_sum: weights and an example with chosen scores.

Ordinary scores differ by less than 2.5, so that no loss is so small that its float32 value hangs on rounding. The
parts of a score, one a feature, may be large while their sum is not; in double precision that shows where single
precision was used on the way. With large gaps everything is a small whole number, so that a loss of 0 is one in
whatever way it is computed.
"""

from __future__ import annotations

from typing import Any

import torch

from grader.author import noncontiguous


def tutorial(rng: torch.Generator, label: int) -> dict[str, Any]:
    """The numbers of the tutorial: scores 32 and 50."""
    w = torch.tensor([[4.0, 5.0, 6.0], [7.0, 8.0, 9.0]], requires_grad=True)
    return {"w": w, "x_i": torch.tensor([1.0, 2.0, 3.0]), "y_i": torch.tensor(label)}


def ordinary(
    rng: torch.Generator, classes: int, d: int, label: int, dtype: torch.dtype, spread: float = 1.5
) -> dict[str, Any]:
    """Scores at least 1/4 apart; the class need not have the highest one."""
    x_i = _signs(rng, d, dtype) * (0.5 + 1.5 * torch.rand(d, generator=rng, dtype=dtype))
    levels = torch.linspace(-1.0, 1.0, classes, dtype=dtype) + 0.2 * torch.rand(classes, generator=rng, dtype=dtype)
    parts = spread * (2.0 * torch.rand(classes, d, generator=rng, dtype=dtype) - 1.0)
    parts[:, -1] = levels[torch.randperm(classes, generator=rng)] - parts[:, :-1].sum(dim=1)
    return {"w": (parts / x_i).requires_grad_(), "x_i": x_i, "y_i": torch.tensor(label)}


def ordinary_with_gaps(rng: torch.Generator, classes: int, d: int, label: int, dtype: torch.dtype) -> dict[str, Any]:
    """The same with an example that is not contiguous in memory."""
    made = ordinary(rng, classes, d, label, dtype)
    return made | {"x_i": noncontiguous(made["x_i"])}


def exact(rng: torch.Generator, scores: list[int], label: int, d: int, dtype: torch.dtype) -> dict[str, Any]:
    """Exactly these scores, by weights and an example of whole numbers; the last feature is 1 or -1."""
    x_i = _signs(rng, d, dtype) * torch.randint(1, 4, (d,), generator=rng).to(dtype)
    x_i[-1] = _signs(rng, 1, dtype)[0]
    w = torch.randint(-5, 6, (len(scores), d), generator=rng).to(dtype)
    w[:, -1] = (torch.tensor(scores, dtype=dtype) - w[:, :-1] @ x_i[:-1]) * x_i[-1]
    return {"w": w.requires_grad_(), "x_i": x_i, "y_i": torch.tensor(label)}


def _signs(rng: torch.Generator, size: int, dtype: torch.dtype) -> torch.Tensor:
    return 2.0 * torch.randint(0, 2, (size,), generator=rng).to(dtype) - 1.0
