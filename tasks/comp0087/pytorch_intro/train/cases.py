"""A model of random parameters and labelled batches."""

from __future__ import annotations

from typing import Any

import torch
from torch import nn

from grader.author import noncontiguous

Batches = list[tuple[torch.Tensor, torch.Tensor]]


def worked_example(rng: torch.Generator) -> dict[str, Any]:
    """The example of the statement."""
    model = nn.utils.skip_init(nn.Linear, 1, 2)
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.zero_()
    batches = [(torch.tensor([[number]]), torch.tensor([0])) for number in (1.0, -1.0)]
    return {"model": model, "batches": batches, "lr": 1.0, "epochs": 1}


def labelled(
    rng: torch.Generator, widths: list[int], sizes: list[int], lr: float, epochs: int, dtype: torch.dtype
) -> dict[str, Any]:
    """A network with these widths, from features to classes, and batches of these sizes."""
    model, batches = _network(rng, widths, dtype), _batches(rng, widths[0], widths[-1], sizes, dtype)
    return {"model": model, "batches": batches, "lr": lr, "epochs": epochs}


def labelled_with_gaps(
    rng: torch.Generator, widths: list[int], sizes: list[int], lr: float, epochs: int, dtype: torch.dtype
) -> dict[str, Any]:
    """The same with examples that are not contiguous in memory."""
    model = _network(rng, widths, dtype)
    batches = [(noncontiguous(x), y) for x, y in _batches(rng, widths[0], widths[-1], sizes, dtype)]
    return {"model": model, "batches": batches, "lr": lr, "epochs": epochs}


def _network(rng: torch.Generator, widths: list[int], dtype: torch.dtype) -> nn.Module:
    """Linear layers with tanh between them; parameters between -1/2 and 1/2."""
    layers: list[nn.Module] = []
    for at in range(len(widths) - 1):
        layers += [nn.Linear(widths[at], widths[at + 1], dtype=dtype), nn.Tanh()]
    model = nn.Sequential(*layers[:-1])
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.copy_(torch.rand(parameter.shape, generator=rng, dtype=dtype) - 0.5)
    return model


def _batches(rng: torch.Generator, d: int, classes: int, sizes: list[int], dtype: torch.dtype) -> Batches:
    """Features of size 1/2 to 3/2 and either sign, so that every step shows; classes in a random order, and all of them
    where there are examples enough."""
    total = sum(sizes)
    signs = 2 * torch.randint(0, 2, (total, d), generator=rng) - 1
    x = signs * (0.5 + torch.rand(total, d, generator=rng, dtype=dtype))
    y = torch.randperm(total, generator=rng) % classes
    return list(zip(x.split(sizes), y.split(sizes), strict=True))
