"""CS5242, Tutorial 2, Q6: binary cross entropy of a sigmoid, summed."""

from __future__ import annotations

from torch import Tensor
from torch.nn.functional import softplus


def logistic_loss(w: Tensor, b: Tensor, x: Tensor, y01: Tensor) -> Tensor:
    """−log σ(s) = softplus(−s) and −log(1 − σ(s)) = softplus(s): no probability is rounded to 0 or 1."""
    signs = 1 - 2 * y01
    return softplus(signs * (x @ w + b)).sum()
