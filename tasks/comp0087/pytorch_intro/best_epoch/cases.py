"""Losses on the dev set, one for each epoch.

They are whole numbers times `scale` plus `shift`, so that a tie is one. `head` falling losses come first; losses that
are worse than the best one so far fall too, but stay above it.
"""

from __future__ import annotations

from typing import Any

import torch

START = 400


def worked_example(rng: torch.Generator) -> dict[str, Any]:
    """The example of the statement."""
    return {"dev_losses": [0.9, 0.7, 0.8, 0.75, 0.6, 0.65], "patience": 2}


def too_late(
    rng: torch.Generator, head: int, patience: int, scale: float = 0.125, shift: float = 0.0
) -> dict[str, Any]:
    """The lowest loss of all comes right after `patience` epochs that are worse than the best before."""
    first = _falling(rng, START, head)
    last = _falling(rng, first[-1], 2)
    return _run([*first, *_worse(rng, first[-1], patience), *last, *_worse(rng, last[-1], 1)], patience, scale, shift)


def in_time(rng: torch.Generator, head: int, patience: int, scale: float = 0.125, shift: float = 0.0) -> dict[str, Any]:
    """Lower losses after one epoch less than `patience`, and again soon after; a still lower one comes too late."""
    first = _falling(rng, START, head)
    (second,) = _falling(rng, first[-1], 1)
    (third,) = _falling(rng, second, 1)
    (last,) = _falling(rng, third, 1)
    losses = [*first, *_worse(rng, first[-1], patience - 1), second, *_worse(rng, second, patience - 1), third]
    return _run([*losses, *_worse(rng, third, patience), last], patience, scale, shift)


def repeated(rng: torch.Generator, head: int, patience: int) -> dict[str, Any]:
    """The best loss comes again and again before a lower one does."""
    first = _falling(rng, START, head)
    return _run([*first, *[first[-1]] * patience, *_falling(rng, first[-1], 1)], patience, 0.125, 0.0)


def same_again(rng: torch.Generator, head: int, patience: int) -> dict[str, Any]:
    """The best loss comes once more, at the end."""
    first = _falling(rng, START, head)
    return _run([*first, *_worse(rng, first[-1], patience - 2), first[-1]], patience, 0.125, 0.0)


def constant(rng: torch.Generator, n: int, patience: int) -> dict[str, Any]:
    """Nothing is learnt."""
    return _run(_falling(rng, START, 1) * n, patience, 0.125, 0.0)


def impatient(rng: torch.Generator, n: int, patience: int) -> dict[str, Any]:
    """Losses in random order, the lowest neither first nor last."""
    order = torch.randperm(n, generator=rng).tolist()
    while order.index(0) in (0, n - 1):
        order = torch.randperm(n, generator=rng).tolist()
    return _run([1 + place for place in order], patience, 0.25, 0.0)


def falling(rng: torch.Generator, n: int, patience: int) -> dict[str, Any]:
    """Every epoch is better than the one before."""
    return _run(_falling(rng, START, n), patience, 0.125, 0.0)


def rising(rng: torch.Generator, n: int, patience: int) -> dict[str, Any]:
    """Every epoch is worse than the one before."""
    return _run(_falling(rng, START, n)[::-1], patience, 0.125, 0.0)


def _run(losses: list[int], patience: int, scale: float, shift: float) -> dict[str, Any]:
    return {"dev_losses": [shift + scale * loss for loss in losses], "patience": patience}


def _falling(rng: torch.Generator, above: int, count: int) -> list[int]:
    """Strictly falling, all of them below `above`."""
    steps = torch.randint(1, 5, (count,), generator=rng)
    return (above - steps.cumsum(0)).tolist()


def _worse(rng: torch.Generator, best: int, count: int) -> list[int]:
    """Strictly falling, all of them above `best`."""
    return [best + loss for loss in _falling(rng, 5 * count + 1, count)]
