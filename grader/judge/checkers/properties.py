"""Relations between several results of one function, whatever its values: what metamorphic checks need.

The results come from several steps: `[[step]] call = "submission", args = ["x"], as = "one"` and so on, then
`case.got["one"]`.
"""

from __future__ import annotations

import torch
from torch import Tensor

from grader.author import CaseView, Fail
from grader.judge.checkers.closeness import close
from grader.vocab import Diagnosis


def batch_independent(case: CaseView, together: Tensor, apart: list[Tensor]) -> Fail | None:
    """Whether each row of a batch gets the result that it gets alone."""
    for row, alone in enumerate(apart):
        if close(case, together[row].reshape(-1), alone.reshape(-1), "A row") is not None:
            return Fail(Diagnosis.PROPERTY, f"Row {row} has another result in a batch than alone.")
    return None


def equivariant(case: CaseView, plain: Tensor, permuted: Tensor, order: Tensor) -> Fail | None:
    """Whether permuting the rows of the input permutes the rows of the result."""
    if close(case, permuted, plain[order], "The result") is None:
        return None
    return Fail(Diagnosis.PROPERTY, "Rows in another order should give the same results in that order.")


def invariant(case: CaseView, plain: Tensor, changed: Tensor, under: str) -> Fail | None:
    """Whether a change of the input (`under`: "a shift of all scores") leaves the result as it is."""
    if close(case, changed, plain, "The result") is None:
        return None
    return Fail(Diagnosis.PROPERTY, f"The result should not change under {under}.")


def linear(case: CaseView, of_sum: Tensor, of_first: Tensor, of_second: Tensor) -> Fail | None:
    """Whether f(x + y) = f(x) + f(y)."""
    if close(case, of_sum, of_first + of_second, "The result") is None:
        return None
    return Fail(Diagnosis.PROPERTY, "The result for x + y should be the sum of those for x and for y.")


def reproducible(first: Tensor, again: Tensor, other_seed: Tensor | None = None) -> Fail | None:
    """Whether one seed gives one result and another seed another."""
    if not torch.equal(first, again):
        return Fail(Diagnosis.NOT_REPRODUCIBLE, "The same seed gives two different results.")
    if other_seed is not None and torch.equal(first, other_seed):
        return Fail(Diagnosis.REPEATED_DRAW, "Another seed gives the same result.")
    return None


def falls(losses: list[float], *, below: float | None = None) -> Fail | None:
    """Whether a list of losses ends lower than it began, and below a bound where one is given."""
    if not losses or not losses[-1] < losses[0]:
        return Fail(Diagnosis.NOT_CONVERGED, "The loss does not fall.")
    if below is not None and not losses[-1] < below:
        return Fail(Diagnosis.NOT_CONVERGED, f"The last loss is {losses[-1]:.4g}; it should be below {below:g}.")
    return None
