"""COMP90051, Workshop week 6, slide "Choice of loss function MSE"."""

from __future__ import annotations

from torch import Tensor


def mean_squared_error(y_hat: Tensor, y: Tensor) -> Tensor:
    """The mean of the squared differences of two (n,) tensors."""
    return ((y_hat - y) ** 2).mean()
