"""The weights, with names for the usual mistakes."""

from __future__ import annotations

from typing import Any

import torch

from grader.author import CaseView, Fail

ALWAYS_RIGHT, ALWAYS_WRONG, NEGATIVE = "always right", "always wrong", "negative"  # what a score of 0 may be taken for


def weights_are_right(case: CaseView) -> Fail | None:
    """The weights are where the last fit ends, in the dtype of its data."""
    got, expected = torch.as_tensor(case.got["value"]).detach(), case.expected["value"]
    if got.shape != expected.shape:
        return Fail("wrong_shape", f"The weights have shape {tuple(got.shape)}, expected {tuple(expected.shape)}.")
    if not _same(got, expected):
        told = f" The weights are {_text(got)}, expected {_text(expected)}."
        return _explained(case, got, told) or Fail("wrong_value", "The weights are wrong." + told)
    if got.dtype != expected.dtype:
        return Fail("wrong_dtype", f"The weights are {got.dtype}, expected {expected.dtype}.")
    return None


def _explained(case: CaseView, w: torch.Tensor, told: str) -> Fail | None:
    """The mistake that leads to these weights."""
    zero = torch.zeros_like(w).double()

    def fits(**slip: Any) -> bool:
        return _same(w, _trained(case.inputs, zero, **slip))

    if case.inputs["earlier"] is not None:
        old = _trained(case.inputs["earlier"], zero)
        if _same(w, old):
            return Fail("state_not_changed", f"The weights are those of the first fit.{told}")
        if _same(w, _trained(case.inputs, old)):
            return Fail("wrong_state", f"The second fit begins with the weights of the first.{told}")
    for epochs in (case.inputs["epochs"] - 1, case.inputs["epochs"] + 1):
        if fits(epochs=epochs):
            return Fail("wrong_value", f"The weights are those after {epochs} epochs.{told}")
    for taken in (ALWAYS_WRONG, NEGATIVE, ALWAYS_RIGHT):
        if fits(zero=taken):
            return Fail("wrong_value", f"This is what comes out when a score of 0 is taken for {taken}.{told}")
    if fits(direction=-1):
        return Fail("sign", f"Every mistake moves the weights away from where the row belongs.{told}")
    if fits(always=True):
        return Fail("wrong_state", f"Rows that are predicted rightly move the weights too.{told}")
    if fits(restarts=True):
        return Fail("wrong_state", f"Every epoch begins with weights of zero again.{told}")
    if fits(batch=1.0) or fits(batch=1 / len(case.inputs["X"])):
        return Fail("state_not_changed", f"All rows of an epoch are scored with the weights from its beginning.{told}")
    if fits(backwards=True):
        return Fail("wrong_value", f"The rows are taken from the last to the first.{told}")
    return None


def _trained(
    data: dict[str, Any],
    first: torch.Tensor,
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
    rows = list(zip(data["X"].double(), data["y"].tolist(), strict=True))
    w = first
    for _ in range(data["epochs"] if epochs is None else epochs):
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
