"""COMP0087, "Introduction to Machine Learning with PyTorch", slide "PyTorch Modules": what an optimiser would train."""

from __future__ import annotations

from torch import nn


def count_parameters(module: nn.Module) -> int:
    """`parameters()` lists shared parameters once, and no buffers."""
    return sum(parameter.numel() for parameter in module.parameters() if parameter.requires_grad)
