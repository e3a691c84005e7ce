"""COMP0087, "Introduction to Machine Learning with PyTorch", slide "Gradients": both gradients of (x ⊙ y)·z."""

from __future__ import annotations

import torch
from torch import Tensor


def weighted_dot_gradients(x: Tensor, y: Tensor, z: Tensor) -> tuple[Tensor, ...]:
    """Differentiates with respect to leaves of our own, which share the inputs' memory and nothing else."""
    own_x = x.detach().requires_grad_()
    own_z = z.detach().requires_grad_()
    return torch.autograd.grad((own_x * y * own_z).sum(), (own_x, own_z))
