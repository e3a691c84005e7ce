"""What the grader looks at in the layers that a submission makes."""

from __future__ import annotations

from typing import Any

import torch
from torch import nn

NAMES = ("weight", "bias")


def parameters_of(submission: Any, layer: Any) -> dict[str, dict[str, Any]]:
    """Of weight and bias: whether there is such a parameter, its shape, and whether it is trained."""
    registered = _registered(layer)
    return {name: _fact(registered.get(name)) for name in NAMES}


def made_again(submission: Any, layer: Any, in_features: int, out_features: int, calls: int) -> dict[str, Any]:
    """Further layers beside the first: their numbers right after they were made, and whether they share memory."""
    numbers = [_copied(layer)]
    layers = [layer]
    for _ in range(calls):
        layers.append(submission(in_features, out_features))
        numbers.append(_copied(layers[-1]))
    owned = [{id(one), *(parameter.data_ptr() for parameter in _registered(one).values())} for one in layers]
    shared = any(owned[i] & owned[j] for i in range(len(owned)) for j in range(i))
    return {"numbers": numbers, "shared": shared}


def _registered(layer: Any) -> dict[str, torch.Tensor]:
    return dict(layer.named_parameters(recurse=False)) if isinstance(layer, nn.Module) else {}


def _fact(parameter: torch.Tensor | None) -> dict[str, Any]:
    if parameter is None:
        return {"registered": False, "shape": [0], "trainable": False}
    return {"registered": True, "shape": list(parameter.shape), "trainable": parameter.requires_grad}


def _copied(layer: Any) -> dict[str, torch.Tensor]:
    """Flat copies of weight and bias; empty for what is missing."""
    registered = _registered(layer)
    return {name: registered.get(name, torch.empty(0)).detach().flatten().clone() for name in NAMES}
