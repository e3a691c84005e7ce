from collections.abc import Callable

import torch


def gradient_descent_step(
    theta: torch.Tensor, loss_fn: Callable[[torch.Tensor], torch.Tensor], lr: float
) -> torch.Tensor:
    """theta - lr * (gradient of loss_fn at theta), as a detached tensor of theta's shape and dtype.

    theta: a leaf that requires a gradient; not changed. loss_fn: maps such a tensor to a tensor of shape ().
    """
    raise NotImplementedError
