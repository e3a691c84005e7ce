"""The torch modules that may be handed to a submission: described by their arguments, rebuilt with their state."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import torch
from torch import nn

from grader.harness import pristine

# Kind → class and the attributes that hold its constructor's arguments.
KINDS: dict[str, tuple[type[nn.Module], tuple[str, ...]]] = {
    "Linear": (nn.Linear, ("in_features", "out_features", "bias")),
    "Embedding": (nn.Embedding, ("num_embeddings", "embedding_dim", "padding_idx")),
    "Conv1d": (
        nn.Conv1d,
        ("in_channels", "out_channels", "kernel_size", "stride", "padding", "dilation", "groups", "bias"),
    ),
    "Conv2d": (
        nn.Conv2d,
        ("in_channels", "out_channels", "kernel_size", "stride", "padding", "dilation", "groups", "bias"),
    ),
    "BatchNorm1d": (nn.BatchNorm1d, ("num_features", "eps", "momentum", "affine", "track_running_stats")),
    "BatchNorm2d": (nn.BatchNorm2d, ("num_features", "eps", "momentum", "affine", "track_running_stats")),
    "LayerNorm": (nn.LayerNorm, ("normalized_shape", "eps", "elementwise_affine", "bias")),
    "Dropout": (nn.Dropout, ("p", "inplace")),
    "Flatten": (nn.Flatten, ("start_dim", "end_dim")),
    "MaxPool2d": (nn.MaxPool2d, ("kernel_size", "stride", "padding", "dilation")),
    "Identity": (nn.Identity, ()),
    "ReLU": (nn.ReLU, ("inplace",)),
    "LeakyReLU": (nn.LeakyReLU, ("negative_slope", "inplace")),
    "ELU": (nn.ELU, ("alpha", "inplace")),
    "GELU": (nn.GELU, ("approximate",)),
    "SiLU": (nn.SiLU, ("inplace",)),
    "Softplus": (nn.Softplus, ("beta", "threshold")),
    "Tanh": (nn.Tanh, ()),
    "Sigmoid": (nn.Sigmoid, ()),
    "Softmax": (nn.Softmax, ("dim",)),
    "LogSoftmax": (nn.LogSoftmax, ("dim",)),
    "MSELoss": (nn.MSELoss, ("reduction",)),
    "CrossEntropyLoss": (nn.CrossEntropyLoss, ("reduction", "ignore_index", "label_smoothing")),
    "BCELoss": (nn.BCELoss, ("reduction",)),
    "BCEWithLogitsLoss": (nn.BCEWithLogitsLoss, ("reduction",)),
}
# Their arguments are children: params are {"children": [[name, module], …]}.
CONTAINERS: dict[str, type[nn.Module]] = {
    "Sequential": nn.Sequential,
    "ModuleList": nn.ModuleList,
    "ModuleDict": nn.ModuleDict,
}
KIND_OF_CLASS: dict[type, str] = {
    **{cls: kind for kind, (cls, _) in KINDS.items()},
    **{cls: kind for kind, cls in CONTAINERS.items()},
}


@dataclass(frozen=True, slots=True)
class Member:
    """One parameter or buffer of a module, with the dict that holds it under `key`."""

    name: str
    tensor: torch.Tensor
    is_parameter: bool
    owner: dict[str, Any]
    key: str


def is_module(obj: object) -> bool:
    """Whether it is an nn.Module, whatever it says of its class."""
    return pristine.is_a(obj, pristine.Module)


def members(module: object) -> Iterator[Member]:
    """Parameters and buffers in the order of registration, with dotted names; shared ones under each of their names.

    Reads the registries directly: `named_parameters` may be overridden, and may never have been set up.
    """
    return _members(module, "", frozenset())


def parameters(module: object) -> list[Member]:
    """As `members`, without buffers, and shared ones once."""
    return _once(member for member in members(module) if member.is_parameter)


def buffers(module: object) -> list[Member]:
    """As `parameters`, for buffers."""
    return _once(member for member in members(module) if not member.is_parameter)


def _once(found: Iterator[Member]) -> list[Member]:
    seen: dict[int, Member] = {}
    for member in found:
        seen.setdefault(id(member.tensor), member)
    return list(seen.values())


def _members(module: object, prefix: str, above: frozenset[int]) -> Iterator[Member]:
    if not is_module(module) or id(module) in above:
        return
    attributes = object.__getattribute__(module, "__dict__")
    for registry, is_parameter in (("_parameters", True), ("_buffers", False)):
        owner = attributes.get(registry, {})
        for key, tensor in list(owner.items()):
            if tensor is not None:
                yield Member(f"{prefix}{key}", tensor, is_parameter, owner, key)
    for key, child in list(attributes.get("_modules", {}).items()):
        yield from _members(child, f"{prefix}{key}.", above | {id(module)})
