"""Weights and counts one by one, so that wrong counts do not cost all points; and names for the usual mistakes."""

from __future__ import annotations

import itertools
from typing import Any

import torch

from grader.author import CaseView, Fail

ALWAYS_RIGHT, ALWAYS_WRONG, NEGATIVE = "always right", "always wrong", "negative"  # what a score of 0 may be taken for


def final_weights(case: CaseView) -> Fail | None:
    """The first of the two results is where the algorithm ends."""
    got, expected = torch.as_tensor(case.got["value"][0]).detach(), case.expected["value"][0]
    if got.shape != expected.shape:
        if len(case.got["value"][1]) == len(expected) and got.shape == (case.inputs["epochs"],):
            return Fail("swapped", "The two parts stand in the other order.")
        return Fail(
            "wrong_shape", f"The final weights have shape {tuple(got.shape)}, expected {tuple(expected.shape)}."
        )
    if not _same(got, expected):
        told = f" The weights are {_text(got)}, expected {_text(expected)}."
        return _explained(case, got, told) or Fail("wrong_value", "The final weights are wrong." + told)
    if got.dtype != expected.dtype:
        return Fail("wrong_dtype", f"The final weights are {got.dtype}, expected {expected.dtype}.")
    return None


def counts(case: CaseView) -> Fail | None:
    """The second is a whole number for every epoch."""
    got, expected = list(case.got["value"][1]), case.expected["value"][1]
    told = f" They are {got}, expected {expected}."
    if len(got) != len(expected):
        return Fail("wrong_length", "There should be one count for every epoch." + told)
    if any(type(count) is not int for count in got):
        return Fail("wrong_dtype", "The counts should be whole numbers." + told)
    if got == expected:
        return None
    if got == list(itertools.accumulate(expected)):
        return Fail("trace_shifted", "The counts add up from one epoch to the next." + told)
    return Fail("wrong_value", "The counts of mistakes are wrong, though the weights are right." + told)


def _explained(case: CaseView, w: torch.Tensor, told: str) -> Fail | None:
    """The mistake that leads to these weights."""

    def fits(**slip: Any) -> bool:
        return _same(w, _trained(case, **slip))

    for epochs in (case.inputs["epochs"] - 1, case.inputs["epochs"] + 1):
        if fits(epochs=epochs):
            return Fail("wrong_value", f"The weights are those after {epochs} epochs.{told}")
    for zero in (ALWAYS_WRONG, NEGATIVE, ALWAYS_RIGHT):
        if fits(zero=zero):
            return Fail("wrong_value", f"This is what comes out when a score of 0 is taken for {zero}.{told}")
    if fits(direction=-1):
        return Fail("sign", f"Every mistake moves the weights away from where the row belongs.{told}")
    if fits(always=True):
        return Fail("wrong_state", f"Rows that are predicted rightly move the weights too.{told}")
    if fits(restarts=True):
        return Fail("wrong_state", f"Every epoch begins with the first weights again.{told}")
    if fits(batch=1.0) or fits(batch=1 / len(case.inputs["X"])):
        return Fail("state_not_changed", f"All rows of an epoch are scored with the weights from its beginning.{told}")
    if fits(backwards=True):
        return Fail("wrong_value", f"The rows are taken from the last to the first.{told}")
    return None


def _trained(
    case: CaseView,
    *,
    zero: str = "positive",
    direction: int = 1,
    always: bool = False,
    restarts: bool = False,
    batch: float | None = None,
    backwards: bool = False,
    epochs: int | None = None,
) -> torch.Tensor:
    """Weights of an algorithm that goes about it in the given way."""
    rows = list(zip(case.inputs["X"].double(), case.inputs["y"].tolist(), strict=True))
    first = case.inputs["w0"].double()
    w = first
    for _ in range(case.inputs["epochs"] if epochs is None else epochs):
        w = first if restarts else w
        start = w
        for x_i, y_i in reversed(rows) if backwards else rows:
            score = y_i * float(torch.dot(w if batch is None else start, x_i))
            on_zero = {ALWAYS_RIGHT: False, ALWAYS_WRONG: True, NEGATIVE: y_i > 0}.get(zero, y_i < 0)
            if always or score < 0 or (score == 0 and on_zero):
                w = w + direction * (1.0 if batch is None else batch) * y_i * x_i
    return w


def _same(got: torch.Tensor, expected: torch.Tensor) -> bool:
    return torch.allclose(got.double(), expected.double(), rtol=0.0, atol=1e-4)


def _text(w: torch.Tensor) -> str:
    return "(" + ", ".join(f"{entry:.6g}" for entry in w.tolist()) + ")"
