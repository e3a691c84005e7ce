from collections.abc import Callable

import torch


def gradients_agree(
    f: Callable[[torch.Tensor], torch.Tensor],
    grad_f: Callable[[torch.Tensor], torch.Tensor],
    x: torch.Tensor,
    eps: float,
    tol: float,
) -> bool:
    """Whether grad_f(x) is within tol of the two-sided difference quotients of f at x, in every entry.

    f maps a (d,) float64 tensor to a 0-dim tensor, grad_f to a (d,) tensor. eps: the step.
    """
    raise NotImplementedError
