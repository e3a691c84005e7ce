"""A model, examples that it can tell apart, and labels of which a given number is right.

The highest score of every row is at least 0.1 above the next, so that no decision hangs on rounding. Two classes win
equally often, so that comparing with the wrong label shows.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import nn

from grader.author import noncontiguous

GAP = 0.1


def worked_example(rng: torch.Generator) -> dict[str, Any]:
    """The example of the statement."""
    model = nn.utils.skip_init(nn.Linear, 2, 2)
    with torch.no_grad():
        model.weight.copy_(torch.eye(2))
        model.bias.zero_()
    x = torch.tensor([[2.0, 1.0], [0.0, 3.0], [5.0, 4.0], [1.0, 2.0], [3.0, 0.0]])
    return {"model": model, "x": x, "y": torch.tensor([0, 1, 1, 1, 1])}


def classified(
    rng: torch.Generator, n: int, d: int, classes: int, right: int, training: bool, dtype: torch.dtype
) -> dict[str, Any]:
    """A network of two layers, n examples and their labels; `right` rows have the highest score at their label."""
    while True:
        model, x, best = _told_apart(rng, n, d, classes, dtype)
        # A wrong label is never that of the lowest score, where there are others: taking the lowest is right nowhere.
        with torch.no_grad():
            ranked = model(x).argsort(dim=1, descending=True)
        places = torch.randint(1, max(2, classes - 1), (n, 1), generator=rng)
        others = ranked.gather(1, places).squeeze(1)
        is_right = torch.randperm(n, generator=rng) < right
        y = torch.where(is_right, best, others)
        if n > 1 or y[0] != 0:  # of a single row the best along the wrong dimension is 0, whatever the scores are
            return {"model": model.train(training), "x": x, "y": y}


def with_gaps(
    rng: torch.Generator, n: int, d: int, classes: int, right: int, training: bool, dtype: torch.dtype
) -> dict[str, Any]:
    """The same with examples and labels that are not contiguous in memory."""
    made = classified(rng, n, d, classes, right, training, dtype)
    return {"model": made["model"], "x": noncontiguous(made["x"]), "y": noncontiguous(made["y"])}


def _told_apart(
    rng: torch.Generator, n: int, d: int, classes: int, dtype: torch.dtype
) -> tuple[nn.Module, torch.Tensor, torch.Tensor]:
    """A network, n examples with clear highest scores, two classes taking turns, and the classes that win."""
    while True:
        model = _network(rng, d, classes, dtype)
        x = 2 * torch.randn(40 * n, d, generator=rng, dtype=dtype)
        with torch.no_grad():
            scores = model(x)
        top = scores.topk(2, dim=1)
        clear = top.values[:, 0] - top.values[:, 1] > GAP
        x, best = x[clear], top.indices[clear, 0]
        counts = best.bincount(minlength=classes)
        first, second = counts.topk(2).indices.tolist()
        half = (n + 1) // 2
        if counts[second] >= half:
            pairs = torch.stack([(best == first).nonzero()[:half, 0], (best == second).nonzero()[:half, 0]], dim=1)
            chosen = pairs.flatten()[:n]
            return model, x[chosen], best[chosen]


def _network(rng: torch.Generator, d: int, classes: int, dtype: torch.dtype) -> nn.Module:
    model = nn.Sequential(nn.Linear(d, 6, dtype=dtype), nn.Tanh(), nn.Linear(6, classes, dtype=dtype))
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.copy_(torch.randn(parameter.shape, generator=rng, dtype=dtype))
    return model
