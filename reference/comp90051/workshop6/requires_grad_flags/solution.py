"""COMP90051, Workshop week 6, slide "Autograd mechanics": a sum requires a gradient if one of its terms does."""

from __future__ import annotations

from torch import Tensor


def requires_grad_flags(x: Tensor, y: Tensor, z: Tensor) -> tuple[bool, bool]:
    """The flags of x + y and of x + y + z."""
    a = x + y
    b = a + z
    return a.requires_grad, b.requires_grad
