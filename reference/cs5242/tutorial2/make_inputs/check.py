"""What a data set must be, and how it is drawn.

Every test has a false-alarm rate below `FALSE_ALARM`. A submission is given 8 tests with the table case and as many
with single numbers: below 2e-7 in all.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor

from grader.author import CaseView, Fail
from grader.judge.checkers.statistical import chi_square_rate, normal_draws, z_bound

FALSE_ALARM = 1e-8
FREQUENCY = 2.0
CHANCE_REPEATS = 5


def is_a_table(case: CaseView) -> Fail | None:
    """A floating tensor (n, d)."""
    fact, shape = case.got["facts"], [case.inputs["n"], case.inputs["d"]]
    if fact["type"] != "Tensor":
        return Fail("wrong_type", f"The data set must be a tensor; it is of type {fact['type']}.")
    if fact["shape"] != shape:
        return Fail("wrong_shape", f"The shape is {tuple(fact['shape'])} and not (n, d) = {tuple(shape)}.")
    if not fact["floating"]:
        return Fail("wrong_dtype", "The tensor does not hold floating-point numbers.")
    return None


def is_on_the_device(case: CaseView) -> Fail | None:
    """It is where it was asked for."""
    found, wanted = case.got["facts"]["device"], case.inputs["device"].type
    return None if found == wanted else Fail("wrong_device", f"The tensor is on {found} and not on {wanted}.")


def differ_between_calls(case: CaseView) -> Fail | None:
    """No two calls in a row return the same, and no two rows or columns are equal in all calls.

    Among thousands of single numbers in float32 one that equals the one before is no rarity.
    """
    draws = case.got["draws"]
    by_chance = CHANCE_REPEATS if draws[0].numel() == 1 else 0
    if int((draws[1:] == draws[:-1]).flatten(1).all(dim=1).sum()) > by_chance:
        return Fail("repeated_draw", "Two calls in a row return the same numbers.")
    for what, axis in (("rows", 1), ("columns", 2)):
        lines = draws.movedim(axis, 0).flatten(1)
        if len(torch.unique(lines, dim=0)) < len(lines):
            return Fail("repeated_draw", f"Some {what} of a table are equal.")
    return None


def are_standard_normal(case: CaseView) -> Fail | None:
    """The distribution function, and the cosine of twice a draw, which feels the fourth moment."""
    flat = case.got["draws"].double().flatten()
    if not bool(flat.isfinite().all()):
        return Fail("not_a_number", "Some of the draws are not finite.")
    if normal_draws(flat, 0.0, 1.0, false_alarm=FALSE_ALARM):
        moments = f"mean {float(flat.mean()):.3g}, variance {float(flat.var()):.3g}"
        return Fail("wrong_distribution", f"The draws are not standard normal: {moments} in {len(flat)} numbers.")
    if abs(float((FREQUENCY * flat).cos().mean()) - math.exp(-(FREQUENCY**2) / 2)) > _cosine_bound(len(flat)):
        kurtosis = float((flat - flat.mean()).pow(4).mean() / flat.var().square())
        return Fail("wrong_distribution", f"The fourth moment of the draws is {kurtosis:.3g} where a normal one is 3.")
    return None


def are_independent(case: CaseView) -> Fail | None:
    """Rows, columns and calls: their inner products, and how much their sums vary."""
    draws = case.got["draws"].double()
    for what, axis in (("calls", 0), ("rows of a table", 1), ("columns of a table", 2)):
        if _alike(draws.movedim(axis, 0).flatten(1)):
            return Fail("repeated_draw", f"Some {what} depend on each other.")
    for what, axes in (("table", (1, 2)), ("row", (2,)), ("column", (1,))):
        sums = draws.sum(dim=axes)
        length = math.prod(draws.shape[axis] for axis in axes)
        if chi_square_rate(float(sums.square().sum()) / length, sums.numel()) < FALSE_ALARM:
            words = f"The sums over a {what} do not vary as sums of independent draws do."
            return Fail("wrong_distribution", words)
    return None


def _alike(rows: Tensor) -> bool:
    """Given one of two independent normal rows, their inner product is normal with its squared length as variance.

    Each pair is tested with its share of the false alarms.
    """
    pairs = len(rows) * (len(rows) - 1) // 2
    if not pairs:
        return False
    products = (rows @ rows.T / rows.norm(dim=1)).tril(diagonal=-1)
    return bool(products.abs().max() > z_bound(FALSE_ALARM / pairs))


def _cosine_bound(count: int) -> float:
    """Bernstein: a mean of numbers within 2 of their expectation is off by e with P ≤ 2·exp(-n·e² / (2·v + 4·e/3))."""
    variance = (1 + math.exp(-2 * FREQUENCY**2)) / 2 - math.exp(-(FREQUENCY**2))
    budget = math.log(2 / FALSE_ALARM) / count
    return 2 * budget / 3 + math.sqrt((2 * budget / 3) ** 2 + 2 * variance * budget)
