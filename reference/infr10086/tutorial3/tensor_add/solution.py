"""Elementwise addition of two lists (INFR10086, Tutorial 3, section 1)."""

from __future__ import annotations

from typing import Any

import torch


def tensor_add(a: list[Any], b: list[Any]) -> torch.Tensor:
    """The tensor of elementwise sums; the dtype is read off the numbers: int64, or floating where a fraction occurs."""
    return torch.tensor(a) + torch.tensor(b)
