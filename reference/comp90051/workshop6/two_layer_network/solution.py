"""A network of two linear layers (COMP90051, Workshop week 6, "Autograd"): u = a w0 + b w1, f = v u."""

from __future__ import annotations

from torch import Tensor


def two_layer_network(a: Tensor, b: Tensor, w0: Tensor, w1: Tensor, v: Tensor) -> tuple[Tensor, Tensor]:
    """(u, f), both attached to the graph."""
    u = a * w0 + b * w1
    return u, v * u
