"""Whether draws are independent and from N(0, var_), each test with a proven bound on its false alarms.

A right answer, scaled to unit variance, is a table of independent standard normal numbers. For those

- the mean of N draws, times √N, is standard normal: P(|z| > √(2t)) ≤ exp(-t);
- a quadratic form Σ aᵢ(zᵢ² - 1) exceeds 2√t·‖a‖₂ + 2t·‖a‖∞ with probability at most exp(-t), on either side
  (Laurent and Massart 2000, lemma 1). The sum of squares has ‖a‖₂ = √N and ‖a‖∞ = 1; a sum of P products of
  neighbouring or of corresponding draws has, in its eigenbasis, ‖a‖₂ = √(P/2) and ‖a‖∞ ≤ 1;
- the empirical distribution function leaves the true one by more than √(t / 2N) with probability at most 2·exp(-t)
  (Dvoretzky, Kiefer, Wolfowitz; Massart 1990);
- a standard normal number is smaller than δ in size with probability at most δ, and two independent ones both are with
  at most δ²: a mean that is 0 to rounding in both calls has been put there.

With t = 25 every test has a false-alarm rate below 2·exp(-t) < 3e-11. A case makes at most 11 of them (mean, variance,
distribution, rows and columns of each call, and one between the calls), and 6 cases do: below 2e-9 a submission. With
δ = 1e-5 the last test adds at most 1e-10 a case. That whole rows of 8 or more continuous numbers are equal by chance is
rarer still.
"""

from __future__ import annotations

import math

import torch

from grader.author import CaseView, Fail

T = 25.0
TINY = 1e-5  # far above the float32 rounding of a mean
FEW = 8  # rows shorter than this may be equal by chance


def shape_and_dtype(case: CaseView) -> Fail | None:
    """Both results are (n, d), floating and finite."""
    shape = (case.inputs["n"], case.inputs["d"])
    for draws in (case.got["value"], case.got["again"]):
        if tuple(draws.shape) != shape:
            return Fail("wrong_shape", f"The shape is {tuple(draws.shape)}, expected (n, d) = {shape}.")
        if not draws.is_floating_point():
            return Fail("wrong_dtype", f"The dtype is {draws.dtype}, expected a floating one.")
        if not bool(draws.isfinite().all()):
            return Fail("not_a_number", "Some of the draws are not finite.")
    return None


def draws_are_fresh(case: CaseView) -> Fail | None:
    """No number serves twice, not even with its sign turned: not in another call, another row or another column."""
    first, second = _standardised(case)
    if torch.equal(first, second):
        return Fail("repeated_draw", "Two calls return the same numbers.")
    for what, table in (("rows", torch.cat([first, second])), ("columns", torch.cat([first, second], dim=1).T)):
        if table.shape[1] >= FEW and len(torch.unique(table.abs(), dim=0)) < len(table):
            return Fail("repeated_draw", f"Some {what} of the samples are equal, but perhaps for their sign.")
    return None


def spread(case: CaseView) -> Fail | None:
    """Mean 0, but not to the last digit, and variance var_."""
    if all(abs(float(draws.mean())) * math.sqrt(draws.numel()) < TINY for draws in _standardised(case)):
        said = "The mean of the draws is 0 to the last digits in both calls. Independent draws do not cancel like that."
        return Fail("wrong_distribution", said)
    for draws in _standardised(case):
        size = draws.numel()
        if abs(float(draws.mean())) * math.sqrt(size) > math.sqrt(2 * T):
            return Fail("wrong_distribution", "The mean of the draws is too far from 0.")
        if _is_unit_variance(draws):
            continue
        variance = case.inputs["var_"]
        if _is_unit_variance(draws / math.sqrt(variance)):
            return Fail("squared", "The variance of the draws is the square of var_.")
        ratio = float(draws.square().mean())
        return Fail("wrong_distribution", f"The variance of the draws is {ratio:.3g} times what it should be.")
    return None


def bell_shape(case: CaseView) -> Fail | None:
    """The distribution function is the Gaussian one."""
    for draws in _standardised(case):
        size = draws.numel()
        ranked = torch.special.ndtr(draws.flatten().sort().values)
        steps = torch.arange(size + 1, dtype=torch.float64) / size
        distance = max(float((steps[1:] - ranked).max()), float((ranked - steps[:-1]).max()))
        if distance > math.sqrt(T / (2 * size)):
            return Fail("wrong_distribution", "The histogram of the draws is not that of a Gaussian.")
    return None


def independence(case: CaseView) -> Fail | None:
    """No correlation between neighbouring rows, neighbouring columns, and calls."""
    first, second = _standardised(case)
    for draws in (first, second):
        if _correlated(draws[1:] * draws[:-1]):
            return Fail("repeated_draw", "Each row of the samples depends on the row before it.")
        if _correlated(draws[:, 1:] * draws[:, :-1]):
            return Fail("repeated_draw", "Each column of the samples depends on the column before it.")
    if _correlated(first * second):
        return Fail("repeated_draw", "The second call's numbers depend on the first one's.")
    return None


def _standardised(case: CaseView) -> tuple[torch.Tensor, torch.Tensor]:
    """Both results in float64, divided by the standard deviation that they should have."""
    scale = math.sqrt(case.inputs["var_"])
    return case.got["value"].detach().double() / scale, case.got["again"].detach().double() / scale


def _is_unit_variance(draws: torch.Tensor) -> bool:
    size = draws.numel()
    return abs(float(draws.square().sum()) - size) <= 2 * math.sqrt(T * size) + 2 * T


def _correlated(products: torch.Tensor) -> bool:
    count = products.numel()
    return abs(float(products.sum())) > math.sqrt(2 * T * count) + 2 * T
