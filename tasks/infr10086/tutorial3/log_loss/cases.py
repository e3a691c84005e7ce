"""Inputs for log_loss: weights and examples with chosen margins y_i wᵀx_i.

The parts of a margin, one a feature, may be large while their sum is not; in double precision that shows where single
precision was used on the way. Labels of both kinds occur wherever there are two examples.
"""

from __future__ import annotations

from typing import Any

import torch

from grader.author import noncontiguous


def worked_example(rng: torch.Generator) -> dict[str, Any]:
    """The example of the statement."""
    return {
        "X": torch.tensor([[1.0, 2.0], [3.0, 0.0], [0.0, -1.0]]),
        "y": torch.tensor([1.0, -1.0, 1.0]),
        "w": torch.tensor([1.0, -1.0], requires_grad=True),
    }


def ordinary(rng: torch.Generator, n: int, d: int, dtype: torch.dtype, spread: float = 1.5) -> dict[str, Any]:
    """Margins between -3 and 2; all but the last part of each are up to `spread` in size."""
    return _example(rng, 5.0 * torch.rand(n, generator=rng, dtype=dtype) - 3.0, d, spread)


def ordinary_with_gaps(rng: torch.Generator, n: int, d: int, dtype: torch.dtype) -> dict[str, Any]:
    """The same with examples that are not contiguous in memory."""
    made = ordinary(rng, n, d, dtype)
    return made | {"X": noncontiguous(made["X"])}


def with_margins(rng: torch.Generator, margins: list[float], d: int, dtype: torch.dtype) -> dict[str, Any]:
    """These margins, in any order."""
    order = torch.randperm(len(margins), generator=rng)
    return _example(rng, torch.tensor(margins, dtype=dtype)[order], d, 1.5)


def zero_weights(rng: torch.Generator, n: int, d: int, dtype: torch.dtype) -> dict[str, Any]:
    """w = 0; every example pulls every weight upwards, so that the gradient is far from zero."""
    y = _labels(rng, n, dtype)
    X = y[:, None] * (0.5 + 1.5 * torch.rand(n, d, generator=rng, dtype=dtype))
    return {"X": X, "y": y, "w": torch.zeros(d, dtype=dtype).requires_grad_()}


def _example(rng: torch.Generator, margins: torch.Tensor, d: int, spread: float) -> dict[str, Any]:
    n, dtype = len(margins), margins.dtype
    y = _labels(rng, n, dtype)
    signs = 2.0 * torch.randint(0, 2, (d,), generator=rng).to(dtype) - 1.0
    w = signs * (0.5 + 1.5 * torch.rand(d, generator=rng, dtype=dtype))
    parts = spread * (2.0 * torch.rand(n, d, generator=rng, dtype=dtype) - 1.0)
    parts[:, -1] = y * margins - parts[:, :-1].sum(dim=1)
    return {"X": parts / w, "y": y, "w": w.requires_grad_()}


def _labels(rng: torch.Generator, n: int, dtype: torch.dtype) -> torch.Tensor:
    """-1 and +1 by turns, shuffled; of a single example -1."""
    return (2.0 * (torch.arange(n) % 2).to(dtype) - 1.0)[torch.randperm(n, generator=rng)]
