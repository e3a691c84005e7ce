"""Losses and snapshots one by one, with names for the usual mistakes."""

from __future__ import annotations

import torch
from torch import Tensor

from grader.author import CaseView, Fail
from grader.judge.checkers.closeness import close


def losses(case: CaseView) -> Fail | None:
    """One a pass, all equal to the loss of the parameters."""
    got, expected = _column(case, case.got["value"][0]), _column(case, case.expected["value"][0])
    if got.shape != expected.shape:
        return Fail("wrong_length", f"There are {len(got)} losses for {len(expected)} passes.")
    wrong = close(case, got, expected, "One of the losses")
    if wrong is None:
        return None
    if close(case, got * len(case.inputs["y_true"]), expected, "") is None:
        return Fail("mean_for_sum", "The losses are means over the samples, not sums.")
    if close(case, got, got[:1].expand_as(got), ""):
        return Fail("wrong_value", "The losses differ from pass to pass, though the parameters stay the same.")
    return wrong


def snapshots(case: CaseView) -> Fail | None:
    """After i passes, i times the gradient."""
    got, expected = case.got["value"][1], case.expected["value"][1]
    if len(got) != len(expected):
        return Fail("wrong_length", f"There are {len(got)} snapshots for {len(expected)} passes.")
    for one, other in zip(got, expected, strict=True):
        if one.shape != other.shape:
            return Fail("wrong_shape", f"A snapshot has the shape {tuple(one.shape)} and not {tuple(other.shape)}.")
        if one.dtype != other.dtype:
            return Fail("wrong_dtype", f"A snapshot is {one.dtype} and not {other.dtype}.")
    for i, (one, other) in enumerate(zip(got, expected, strict=True)):
        wrong = close(case, one, other, f"The {'last' if i + 1 == len(got) else 'first'} wrong snapshot")
        if wrong:
            return _explained(case, torch.stack(list(got)), expected[0]) or wrong
    return None


def _explained(case: CaseView, got: Tensor, gradient: Tensor) -> Fail | None:
    k, n = len(got), len(case.inputs["y_true"])
    passes = torch.arange(1, k + 1).to(gradient)[:, None]

    def is_like(factors: Tensor) -> bool:
        return close(case, got, factors * gradient, "") is None

    if is_like(passes / n):
        return Fail("mean_for_sum", "The gradients are those of the mean over the samples, not of the sum.")
    if k > 1 and is_like(torch.full_like(passes, k)):
        return Fail("aliased", f"Every snapshot is what has accumulated after the last of {k} passes.")
    if k > 1 and is_like(torch.ones_like(passes)):
        return Fail("wrong_value", "Every snapshot is the gradient of a single pass: nothing accumulates.")
    if is_like(passes - 1):
        return Fail("trace_shifted", "Each snapshot is what had accumulated before its pass.")
    if is_like(passes * (passes + 1) / 2):
        return Fail("accumulated_gradient", "The snapshots grow by more than one gradient a pass: is it added twice?")
    if is_like(passes + 1):
        return Fail("accumulated_gradient", "Each snapshot has seen one pass more than it should.")
    return None


def _column(case: CaseView, numbers: object) -> Tensor:
    """In the precision of the data, as numbers have none."""
    return torch.as_tensor(numbers, dtype=case.inputs["x"].dtype).detach().flatten()
