"""Tests of random draws. Every one states its false-alarm rate: how often a right answer is refused.

`FALSE_ALARM` is the rate of each single test, unless told otherwise. A question that makes k tests of one submission
refuses a right one with a probability of at most k times that.
"""

from __future__ import annotations

import math
from statistics import NormalDist

import torch
from torch import Tensor

from grader.author import Fail
from grader.vocab import Diagnosis

FALSE_ALARM = 1e-8


def z_bound(false_alarm: float = FALSE_ALARM) -> float:
    """What a standard normal number exceeds in absolute value with that probability."""
    return -NormalDist().inv_cdf(false_alarm / 2)


def mean_is(draws: Tensor, mean: float, variance: float, *, false_alarm: float = FALSE_ALARM) -> Fail | None:
    """z-test of the mean of independent draws of known variance. The rate is exact for normal draws."""
    values = _flat(draws)
    error = float(values.mean()) - mean
    if abs(error) <= z_bound(false_alarm) * math.sqrt(variance / len(values)):
        return None
    text = f"The mean of {len(values)} draws is {error + mean:.4g}, far from {mean:g}."
    return Fail(Diagnosis.WRONG_DISTRIBUTION, text)


def variance_is(draws: Tensor, mean: float, variance: float, *, false_alarm: float = FALSE_ALARM) -> Fail | None:
    """Chi-square test of the variance of independent normal draws around a known mean. The rate is exact."""
    values = _flat(draws) - mean
    found = float((values * values).mean())
    if chi_square_rate(found / variance * len(values), len(values)) >= false_alarm:
        return None
    return Fail(Diagnosis.WRONG_DISTRIBUTION, _variance_text(found, variance, len(values)))


def chi_square_rate(statistic: float, degrees: int) -> float:
    """How often a chi-square number of so many degrees of freedom is at least as far out, on either side."""
    half = torch.tensor([degrees / 2], dtype=torch.float64)
    at = torch.tensor([statistic / 2], dtype=torch.float64)
    return 2 * min(float(torch.special.gammainc(half, at)), float(torch.special.gammaincc(half, at)))


def normal_draws(draws: Tensor, mean: float, variance: float, *, false_alarm: float = FALSE_ALARM) -> Fail | None:
    """Whether independent draws follow the normal distribution, in every respect. The rate is a strict bound."""
    standard = (_flat(draws) - mean) / math.sqrt(variance)
    if not _far(torch.special.ndtr(standard), false_alarm):
        return None
    found = f"{float(standard.mean()):.3g} and {float(standard.var()):.3g}"
    text = f"The draws are not normal with mean {mean:g} and variance {variance:g}: standardised, they have {found}."
    return Fail(Diagnosis.WRONG_DISTRIBUTION, text)


def uniform_draws(draws: Tensor, low: float, high: float, *, false_alarm: float = FALSE_ALARM) -> Fail | None:
    """Whether independent draws follow the uniform distribution from low to high. The rate is a strict bound."""
    values = _flat(draws)
    outside = (values < low) | (values > high)
    if bool(outside.any()):
        text = f"{float(values[outside][0]):.5g} was drawn, outside of [{low:g}, {high:g}]."
        return Fail(Diagnosis.WRONG_DISTRIBUTION, text)
    if not _far((values - low) / (high - low), false_alarm):
        return None
    return Fail(Diagnosis.WRONG_DISTRIBUTION, f"The draws do not spread evenly over [{low:g}, {high:g}].")


def kurtosis_is(draws: Tensor, mean: float, variance: float, kurtosis: float, *, within: float) -> Fail | None:
    """Whether the fourth standardised moment is within a bound that the author derives; 3 is normal, 1.8 uniform.

    Fourth moments have heavy tails, so no quantile is built in; `normal_draws` covers them with a strict rate.
    """
    standard = (_flat(draws) - mean) / math.sqrt(variance)
    found = float((standard**4).mean())
    if abs(found - kurtosis) <= within:
        return None
    text = f"The fourth standardised moment is {found:.3g}; {kurtosis:g} is expected of this distribution."
    return Fail(Diagnosis.WRONG_DISTRIBUTION, text)


def independent_rows(table: Tensor, mean: float, variance: float, *, false_alarm: float = FALSE_ALARM) -> Fail | None:
    """Whether the rows of a table of normal draws are independent of each other, by the spread of the column means.

    Rows that repeat or resemble one another leave column means that vary too much; chi-square, the rate is exact.
    """
    return _independent(table, mean, variance, 0, "rows", false_alarm)


def independent_columns(
    table: Tensor, mean: float, variance: float, *, false_alarm: float = FALSE_ALARM
) -> Fail | None:
    """The same across the columns of a table."""
    return _independent(table, mean, variance, 1, "columns", false_alarm)


def uncorrelated(first: Tensor, second: Tensor, *, false_alarm: float = FALSE_ALARM) -> Fail | None:
    """Whether two sets of normal draws of one size (of two calls, of neighbouring columns) are independent.

    By Fisher's transform of the correlation, which is normal to a good approximation from 50 draws on.
    """
    if torch.equal(first, second):
        return Fail(Diagnosis.REPEATED_DRAW, "Two calls give the same draws.")
    one, other = _flat(first), _flat(second)
    correlation = float(torch.corrcoef(torch.stack([one, other]))[0, 1])
    if not math.isfinite(correlation):
        return Fail(Diagnosis.REPEATED_DRAW, "All draws are the same number.")
    strength = math.atanh(max(-1 + 1e-15, min(1 - 1e-15, correlation))) * math.sqrt(len(one) - 3)
    if abs(strength) <= z_bound(false_alarm):
        return None
    return Fail(Diagnosis.REPEATED_DRAW, f"Draws that should be independent have a correlation of {correlation:.3g}.")


def fresh(*draws: Tensor) -> Fail | None:
    """Whether no two sets of draws are equal. No false alarms for continuous draws."""
    for at, one in enumerate(draws):
        for other in draws[at + 1 :]:
            if torch.equal(one, other):
                return Fail(Diagnosis.REPEATED_DRAW, "Two calls give the same draws.")
    return None


def _independent(table: Tensor, mean: float, variance: float, axis: int, what: str, false_alarm: float) -> Fail | None:
    means = table.detach().to(torch.float64).mean(dim=axis) - mean
    count = table.shape[axis]
    statistic = float((means * means).sum()) * count / variance
    if chi_square_rate(statistic, len(means)) >= false_alarm:
        return None
    return Fail(Diagnosis.REPEATED_DRAW, f"The {what} are not independent draws of each other.")


def _flat(draws: Tensor) -> Tensor:
    return draws.detach().to(torch.float64).reshape(-1)


def _far(below: Tensor, false_alarm: float) -> bool:
    """Whether numbers that should be uniform on [0, 1] are not, by the largest distance of their distribution.

    Dvoretzky, Kiefer, Wolfowitz and Massart: beyond e with a probability of at most 2·exp(-2·n·e²), for every n.
    """
    count = len(below)
    ordered = below.sort().values
    steps = torch.arange(count + 1, dtype=torch.float64) / count
    distance = max(float((ordered - steps[:-1]).abs().max()), float((ordered - steps[1:]).abs().max()))
    return not distance <= math.sqrt(math.log(2 / false_alarm) / (2 * count))


def _variance_text(found: float, variance: float, count: int) -> str:
    text = f"The variance of {count} draws is {found:.4g}, far from {variance:g}."
    if abs(variance - 1) > 0.05 and abs(found / variance**2 - 1) < 0.05:
        return f"{text} Are the draws scaled by the variance instead of its square root?"
    return text
