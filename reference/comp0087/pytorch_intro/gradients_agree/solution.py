"""COMP0087, "Introduction to Machine Learning with PyTorch", slide "Gradient Checking": the check itself."""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor


def gradients_agree(
    f: Callable[[Tensor], Tensor], grad_f: Callable[[Tensor], Tensor], x: Tensor, eps: float, tol: float
) -> bool:
    """The largest absolute difference to the two-sided quotients, against the tolerance."""
    quotients = torch.empty_like(x)
    for i in range(len(x)):
        up = x.clone()
        down = x.clone()
        up[i] += eps
        down[i] -= eps
        quotients[i] = (f(up) - f(down)) / (2 * eps)
    return bool((grad_f(x) - quotients).abs().max() <= tol)
