"""COMP90051, Workshop week 6, slide "Computational Model": control flow in the host language."""

from __future__ import annotations

from torch import Tensor


def dynamic_graph(x: Tensor, n: int) -> Tensor:
    """The sum of the entries after n steps, each of which makes a new tensor."""
    for _ in range(n):
        x = x / 2 if x.sum() > 0 else 3 * x + 1
    return x.sum()
