"""CS5242, Tutorial 2, Q1, part 3: y_true = x w_true + b_true."""

from __future__ import annotations

from torch import Tensor


def make_targets(x: Tensor, w_true: Tensor, b_true: Tensor) -> Tensor:
    """One target for each row of x; the (1,) bias broadcasts over the samples."""
    return x @ w_true + b_true
