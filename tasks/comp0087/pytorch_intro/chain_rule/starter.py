from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch


def chain_rule(
    g: Callable[[Any], Any],
    g_prime: Callable[[Any], Any],
    f_prime: Callable[[Any], Any],
    x: float | torch.Tensor,
) -> float | torch.Tensor:
    """The derivative of f(g(x)) with respect to x, from g and the derivatives of g and f.

    x: a float or a tensor of shape (); the three functions take either and return the same kind.
    """
    raise NotImplementedError
