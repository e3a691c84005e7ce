"""COMP90051, Workshop week 6, slide "Computational Model": scalar 0, vector 1, matrix 2, tensor 3 and more."""

from __future__ import annotations

import torch


def tensor_order(x: torch.Tensor) -> int:
    """How many indices an entry has."""
    return x.dim()
