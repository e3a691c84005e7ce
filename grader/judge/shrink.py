"""Looks for a smaller case that fails in the same way, with a few further calls."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import torch

from grader.author import Noncontiguous
from grader.errors import AuthorFault
from grader.judge.cases import MadeCase
from grader.judge.decide import Decision
from grader.judge.open_question import OpenQuestion

MOST_CALLS = 12
_MOST_SINGLE = 3  # args that are shrunk one at a time


@dataclass(frozen=True, slots=True)
class Candidate:
    """A case that may fail in the same way."""

    made: MadeCase


class Shrinker:
    """Two rounds of candidates, the most wanted first in each: smaller args, then rounder numbers."""

    def __init__(self, question: OpenQuestion, failed: Decision) -> None:
        assert failed.made is not None
        self._question = question
        self._failed = failed
        self._best = failed.made
        self.smallest: Decision | None = None  # the smallest failure found, other than the one to begin with
        self._left = MOST_CALLS
        # Generators: the second round begins with what the first one found.
        self._rounds = [self._smaller(), self._rounder()]

    def next_candidate(self) -> Candidate | None:
        """What to try next; None when nothing is left."""
        while self._rounds and self._left > 0:
            made = next(self._rounds[0], None)
            if made is not None:
                self._left -= 1
                return Candidate(made)
            del self._rounds[0]
        return None

    def learn(self, candidate: Candidate, decision: Decision | None) -> None:
        """Keep the first candidate of a round that fails alike; None for one that cannot be used."""
        if decision is not None and decision.fails_like(self._failed):
            self._best = candidate.made
            self.smallest = decision
            del self._rounds[0]

    def _smaller(self) -> Iterator[MadeCase]:
        case, floors = self._best.case, self._best.case.shrink
        smallest = {name: least for name, least in floors.items() if _is_larger(case.args.get(name), least)}
        if not smallest:
            return
        halfway = {name: (case.args[name] + least + 1) // 2 for name, least in smallest.items()}
        bumped = {name: min(case.args[name], least + 1) for name, least in smallest.items()}
        singles = [{name: least} for name, least in smallest.items()][:_MOST_SINGLE] if len(smallest) > 1 else []
        tried: list[dict[str, int]] = []
        for overrides in (smallest, bumped, *singles, halfway):
            if overrides not in tried:
                tried.append(overrides)
                yield from self._made(partial(self._question.remade, case, self._best.seed, overrides))

    def _rounder(self) -> Iterator[MadeCase]:
        for digits in (0, 1):
            inputs = {name: _rounded(value, digits) for name, value in self._best.inputs.items()}
            yield from self._made(partial(self._question.altered, self._best, inputs))

    def _made(self, make: Callable[[], MadeCase]) -> Iterator[MadeCase]:
        try:
            yield make()
        except AuthorFault:
            return  # makers need not work for every size; these inputs are ours, not the author's


def _is_larger(value: Any, least: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value > least


def _rounded(value: Any, digits: int) -> Any:
    """Floating tensors, lists and numbers with fewer digits; everything else as it is."""
    if isinstance(value, Noncontiguous):
        return replace(value, tensor=_rounded(value.tensor, digits))
    if type(value) is torch.Tensor and value.is_floating_point() and value.device.type != "meta":
        rounded = torch.round(value.detach(), decimals=digits) + 0.0  # no negative zeros
        return rounded.requires_grad_(value.requires_grad)
    if type(value) in (list, tuple):
        return type(value)(_rounded(item, digits) for item in value)
    return value
