"""Modules to be counted. All their numbers are 0: parameters are told apart by what they are, not by their values."""

from __future__ import annotations

from itertools import pairwise
from typing import Any, TypeVar

import torch
from torch import nn

from grader.author import described

M = TypeVar("M", bound=nn.Module)


def linear(rng: torch.Generator, d: int, outputs: int) -> dict[str, Any]:
    """One layer with a bias."""
    return {"module": _zeros(nn.Linear(d, outputs))}


def network(rng: torch.Generator, layers: int) -> dict[str, Any]:
    """Layers one after the other, with widths between 2 and 7."""
    return {"module": _zeros(_network(_widths(rng, layers + 1)))}


def without_bias(rng: torch.Generator) -> dict[str, Any]:
    """Two layers of which only the second has a bias."""
    a, b, c = _widths(rng, 3)
    return {"module": _zeros(nn.Sequential(nn.Linear(a, b, bias=False), nn.ReLU(), nn.Linear(b, c)))}


def nested(rng: torch.Generator, dtype: torch.dtype) -> dict[str, Any]:
    """Networks in a dict, in a list, in a network."""
    a, b, c, d = _widths(rng, 4)
    heads = nn.ModuleDict({"one": nn.Linear(c, d), "other": nn.ModuleList([nn.Linear(c, 1), _network([c, d, 2])])})
    return {"module": _zeros(nn.Sequential(_network([a, b, c]), heads)).to(dtype)}


def of_many_kinds(rng: torch.Generator) -> dict[str, Any]:
    """Layers whose parameters have one to four dimensions."""
    a, b, c, d = _widths(rng, 4)
    layers = (nn.Embedding(a + 3, b), nn.LayerNorm(b), nn.Conv1d(b, c, 3), nn.Conv2d(c, d, (2, 3)), nn.Flatten())
    return {"module": _zeros(nn.Sequential(*layers))}


def frozen_bias(rng: torch.Generator, d: int, outputs: int) -> dict[str, Any]:
    """One layer, whose bias is not trained."""
    layer = _zeros(nn.Linear(d, outputs))
    layer.bias.requires_grad_(False)
    return {"module": layer}


def frozen_part(rng: torch.Generator) -> dict[str, Any]:
    """Words with fixed vectors, below two layers that are trained."""
    a, b, c = _widths(rng, 3)
    words = nn.Embedding(a + 5, b).requires_grad_(False)
    return {"module": _zeros(nn.Sequential(words, _network([b, c, 2])))}


def all_frozen(rng: torch.Generator) -> dict[str, Any]:
    """A network of which nothing is trained."""
    return {"module": _zeros(_network(_widths(rng, 3))).requires_grad_(False)}


def no_parameters(rng: torch.Generator) -> dict[str, Any]:
    """Layers that hold no numbers."""
    return {"module": nn.Sequential(nn.ReLU(), nn.Flatten())}


def shared_weight(rng: torch.Generator, d: int, outputs: int) -> dict[str, Any]:
    """Two layers with one weight and a bias each."""
    one, other = _zeros(nn.Linear(d, outputs)), _zeros(nn.Linear(d, outputs))
    other.weight = one.weight
    return {"module": nn.ModuleList([one, other])}


def layer_used_twice(rng: torch.Generator, frozen: bool) -> dict[str, Any]:
    """One square layer, between others at two depths; the weight it has may be frozen."""
    a, b = _widths(rng, 2)
    square = nn.Linear(b, b)
    square.weight.requires_grad_(not frozen)
    inner = nn.Sequential(square, nn.Tanh())
    return {"module": _zeros(nn.Sequential(nn.Linear(a, b), nn.Tanh(), square, nn.Tanh(), inner))}


def with_buffer(rng: torch.Generator, factory: str, dtype: torch.dtype) -> dict[str, Any]:
    """A module with parameters of its own, a buffer and a layer."""
    a, b = _widths(rng, 2)
    return {"module": described(factory, d=a, outputs=b, dtype=dtype)}


def _widths(rng: torch.Generator, n: int) -> list[int]:
    """Different whole numbers between 2 and 7."""
    return [2 + int(number) for number in torch.randperm(6, generator=rng)[:n]]


def _network(widths: list[int]) -> nn.Sequential:
    layers: list[nn.Module] = []
    for inputs, outputs in pairwise(widths):
        layers += [nn.Linear(inputs, outputs), nn.ReLU()]
    return nn.Sequential(*layers[:-1])


def _zeros(module: M) -> M:
    with torch.no_grad():
        for parameter in module.parameters():
            parameter.zero_()
    return module
