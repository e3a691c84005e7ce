from collections.abc import Callable

import torch


def forward_difference(f: Callable[[torch.Tensor], torch.Tensor], x: torch.Tensor, eps: float) -> torch.Tensor:
    """The one-sided difference quotient of f at x for every entry of x.

    f maps a (d,) float64 tensor to a 0-dim tensor. x: (d,) float64, not changed. eps: the step. Returns (d,) float64.
    """
    raise NotImplementedError
