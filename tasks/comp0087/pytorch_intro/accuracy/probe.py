"""Watches whether a model computes with a graph."""

from __future__ import annotations

from typing import Any

import torch
from torch import nn


def watch(submission: Any, model: nn.Module) -> list[bool]:
    """A list that will hold, for every output of the model or one of its layers, whether it requires a gradient."""
    seen: list[bool] = []

    def look(layer: nn.Module, inputs: Any, output: torch.Tensor) -> None:
        seen.append(output.requires_grad)

    for layer in model.modules():
        layer.register_forward_hook(look)
    return seen


def any_of(submission: Any, seen: list[bool]) -> bool:
    """Whether any output required a gradient."""
    return any(seen)
