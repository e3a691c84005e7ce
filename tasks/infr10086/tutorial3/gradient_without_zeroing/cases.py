"""Inputs for gradient_without_zeroing: a weight matrix, one example and its class.

Scores differ by less than 4, so that no probability is near 0 or 1 and every entry of the gradient is of some size.
"""

from __future__ import annotations

from typing import Any

import torch

from grader.author import noncontiguous


def worked_example(rng: torch.Generator) -> dict[str, Any]:
    """The example of the statement."""
    w = torch.zeros(2, 3, requires_grad=True)
    return {"w": w, "x_i": torch.tensor([1.0, -2.0, 4.0]), "y_i": torch.tensor(0), "repeats": 4}


def tutorial(rng: torch.Generator, repeats: int) -> dict[str, Any]:
    """The tutorial's weights and example, of the class with the lower score."""
    w = torch.tensor([[4.0, 5.0, 6.0], [7.0, 8.0, 9.0]], requires_grad=True)
    return {"w": w, "x_i": torch.tensor([1.0, 2.0, 3.0]), "y_i": torch.tensor(0), "repeats": repeats}


def scored(rng: torch.Generator, d: int, classes: int, label: int, repeats: int, dtype: torch.dtype) -> dict[str, Any]:
    """Weights up to 1/d, and an example with entries of size 1/2 to 3/2."""
    w = ((2 * torch.rand(classes, d, generator=rng, dtype=dtype) - 1) / d).requires_grad_()
    signs = 2 * torch.randint(0, 2, (d,), generator=rng) - 1
    x_i = signs * (0.5 + torch.rand(d, generator=rng, dtype=dtype))
    return {"w": w, "x_i": x_i, "y_i": torch.tensor(label), "repeats": repeats}


def scored_with_gaps(
    rng: torch.Generator, d: int, classes: int, label: int, repeats: int, dtype: torch.dtype
) -> dict[str, Any]:
    """The same with an example that is not contiguous in memory."""
    made = scored(rng, d, classes, label, repeats, dtype)
    return {"w": made["w"], "x_i": noncontiguous(made["x_i"]), "y_i": made["y_i"], "repeats": repeats}
