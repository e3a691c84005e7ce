"""COMP90051, Workshop week 6, slide "Basic Operations"."""

from __future__ import annotations

from torch import Tensor


def basic_operations(a: Tensor, b: Tensor) -> dict[str, Tensor]:
    """Five elementary operations on two (n, n) matrices."""
    return {"sum": a + b, "product": a * b, "matmul": a @ b, "row_means": a.mean(dim=1), "transpose": a.T}
