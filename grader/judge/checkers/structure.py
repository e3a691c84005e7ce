"""Checks of what a result is, rather than what it holds: leaves, flags, graphs, devices, parameters."""

from __future__ import annotations

import torch
from torch import Tensor

from grader.author import Fail
from grader.vocab import Diagnosis


def is_leaf_with_gradient(tensor: Tensor, what: str) -> Fail | None:
    """Whether a tensor is a leaf that requires a gradient, as a parameter must be."""
    if not tensor.requires_grad:
        return Fail(Diagnosis.MISSING_GRADIENT, f"{what} does not require a gradient.")
    if not tensor.is_leaf:
        text = f"{what} requires a gradient but is no leaf: it was computed from another tensor that requires one."
        return Fail(Diagnosis.STILL_ATTACHED, text)
    return None


def is_detached(tensor: Tensor, what: str) -> Fail | None:
    """Whether a result was cut off from the graph that computed it."""
    if not tensor.requires_grad:
        return None
    text = f"{what} is still attached to a graph, which stays in memory with it: `.detach()` cuts it off."
    return Fail(Diagnosis.STILL_ATTACHED, text)


def is_on(tensor: Tensor, device: torch.device, what: str) -> Fail | None:
    """Whether a tensor is on a device; cuda is any card."""
    if tensor.device.type == device.type:
        return None
    return Fail(Diagnosis.WRONG_DEVICE, f"{what} is on {tensor.device.type}; it should be on {device.type}.")


def has_parameters(state: dict[str, Tensor], shapes: dict[str, tuple[int, ...]]) -> Fail | None:
    """Whether a module that was seen (`case.got["state:module"]`) has exactly these trainable parameters."""
    for name, shape in shapes.items():
        if name not in state:
            text = f"There is no parameter `{name}`; registered are {', '.join(sorted(state)) or 'none'}."
            return Fail(Diagnosis.NOT_REGISTERED, text)
        if tuple(state[name].shape) != shape:
            text = f"The parameter `{name}` has shape {tuple(state[name].shape)}; it should have {shape}."
            return Fail(Diagnosis.WRONG_SHAPE, text)
        if not state[name].requires_grad:
            return Fail(Diagnosis.WRONG_STATE, f"The parameter `{name}` is not trainable.")
    surplus = sorted(set(state) - set(shapes))
    if surplus:
        return Fail(Diagnosis.WRONG_STATE, f"Nobody asked for the parameter `{surplus[0]}`.")
    return None
