"""Inputs for sample_gaussian: how many draws, and their variance."""

from __future__ import annotations

from typing import Any

import torch


def sizes(rng: torch.Generator, n: int, d: int, var_: float) -> dict[str, Any]:
    """Exactly these sizes and this variance."""
    return {"n": n, "d": d, "var_": var_}


def sizes_and_any_variance(rng: torch.Generator, n: int, d: int, low: float, high: float) -> dict[str, Any]:
    """These sizes, and a variance between low and high."""
    return {"n": n, "d": d, "var_": low + (high - low) * torch.rand((), generator=rng, dtype=torch.float64).item()}
