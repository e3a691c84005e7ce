"""Patterns of mistakes in numbers of the right shape: each looks at both answers and says what it recognises."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from grader.judge.closeness import Margin, close
from grader.judge.findings import Factor
from grader.judge.messages import Said, Subject, say
from grader.judge.scene import Scene, spread
from grader.judge.tensors import Numbers, Numeric, as_float
from grader.vocab import Diagnosis

Recognised = tuple[Diagnosis, Said]

NEAR_ONE = 1e-4
MOST_SIZES = 12
MOST_ENTRIES = 256  # of a vector whose table of differences is tried
_SINGLE = Margin(rtol=4e-6, atol=0.0, atol_scale=4e-6, floor=1e-12)  # a few roundings to float32


@dataclass(frozen=True)
class Look:
    """Two answers of one shape that differ, in float64 or complex128; both finite throughout."""

    expected: Numeric
    given: Numeric
    margin: Margin
    scene: Scene
    subject: Subject
    factor: float | None = None  # between the two, if there is one

    def near(self, wanted: Numeric, got: Numeric) -> bool:
        """Whether `got` would pass as the answer `wanted`."""
        return close(wanted, got, self.margin)


def recognise(
    expected: Numbers, given: Numbers, margin: Margin, scene: Scene, subject: Subject, plainly: Said
) -> tuple[Recognised | None, Factor | None]:
    """The first pattern that explains how `given` differs, and the factor between them if there is one.

    `plainly` is what to say should the factor turn out to be a coincidence.
    """
    wide_expected, wide_given = as_float(expected.values), as_float(given.values)
    if not (np.isfinite(wide_expected).all() and np.isfinite(wide_given).all()):
        return None, None
    look = Look(wide_expected, wide_given, margin, scene, subject)
    # Counts have factors between them by chance.
    if expected.kind == "float" or spread(wide_expected):
        look = replace(look, factor=factor_between(look))
    for pattern in _PATTERNS:
        found = pattern(look)
        if found is not None:
            return found, None if look.factor is None else Factor(look.factor, scene.sizes, subject.full, plainly)
    return None, None


def factor_between(look: Look) -> float | None:
    """c where given = c · expected throughout; None when there is no such number, or it is 0 or complex."""
    if look.expected.size == 0 or np.iscomplexobj(look.expected) or np.iscomplexobj(look.given):
        return None
    size = float(np.sum(look.expected * look.expected))
    if size == 0.0 or not math.isfinite(size):
        return None
    factor = float(np.sum(look.given * look.expected)) / size
    scaled = factor * look.expected
    if factor == 0.0 or not math.isfinite(factor) or not look.near(scaled, look.given):
        return None
    # With a tiny answer everything is within the absolute tolerance of everything else.
    return factor if not look.near(scaled, np.zeros_like(scaled)) else None


def close_numbers(first: float, second: float, margin: Margin) -> bool:
    """Whether two factors are the same but for rounding."""
    return abs(first - second) <= max(margin.rtol, 1e-9) * abs(second)


def factor_text(factor: float) -> str:
    """A factor for people: 2, 1/3, √2, or a few digits."""
    near = Fraction(factor).limit_denominator(64)
    if near and abs(float(near) - factor) <= 1e-5 * abs(factor):
        return str(near).replace("-", "−")
    square = Fraction(factor * factor).limit_denominator(64)
    if square and abs(float(square) - factor * factor) <= 2e-5 * factor * factor:
        return f"{'−' if factor < 0 else ''}√({square})" if square.denominator > 1 else f"√{square}"
    return f"{factor:.5g}".replace("-", "−")


def _low_precision(look: Look) -> Recognised | None:
    if look.margin.rtol >= _SINGLE.rtol or not close(look.expected, look.given, _SINGLE):
        return None
    return Diagnosis.LOW_PRECISION, say("low_precision", subject=look.subject)


def _input_returned(look: Look) -> Recognised | None:
    if not spread(look.given):
        return None
    for name, numbers in look.scene.numbers.items():
        if numbers.shape == look.given.shape and np.array_equal(as_float(numbers.values), look.given):
            return Diagnosis.INPUT_RETURNED, say("input_returned", subject=look.subject, input=name)
    return None


def _sign(look: Look) -> Recognised | None:
    if look.factor is None or not close_numbers(look.factor, -1.0, look.margin):
        return None
    return Diagnosis.SIGN, say("sign", subject=look.subject)


def _transposed(look: Look) -> Recognised | None:
    expected = look.expected
    if expected.ndim < 2 or expected.shape[-1] != expected.shape[-2]:
        return None
    if not look.near(np.swapaxes(expected, -1, -2), look.given):
        return None
    return Diagnosis.TRANSPOSED, say("transposed", subject=look.subject)


def _wrong_axis(look: Look) -> Recognised | None:
    if look.expected.ndim != 1 or look.expected.size < 2:
        return None
    for name, numbers in look.scene.numbers.items():
        if len(numbers.shape) != 2 or numbers.kind not in ("float", "int"):
            continue
        for how, reduce in (("sum", np.sum), ("mean", np.mean)):
            table = as_float(numbers.values)
            for axis in (0, 1):
                if look.near(reduce(table, axis=axis), look.expected):
                    if look.near(reduce(table, axis=1 - axis), look.given):
                        parts = {"input": name, "given": 1 - axis, "expected": axis, "how": how}
                        return Diagnosis.WRONG_AXIS, say("axis", subject=look.subject, **parts)
                    if look.near(np.full_like(look.given, reduce(table)), look.given):
                        return Diagnosis.WRONG_AXIS, say("all_axes", subject=look.subject, how=how)
    return None


def _broadcast(look: Look) -> Recognised | None:
    """A loss of two vectors of equal length that were compared as a table: sums or means of squares and differences."""
    if look.expected.size != 1 or np.iscomplexobj(look.given):
        return None
    vectors = [
        (name, as_float(numbers.values).reshape(-1))
        for name, numbers in look.scene.numbers.items()
        if numbers.kind in ("float", "int") and 1 < numbers.values.size == max(numbers.shape) <= MOST_ENTRIES
    ]
    given = look.given.reshape(())
    for (first, a), (second, b) in itertools.combinations(vectors[:6], 2):
        if a.shape != b.shape:
            continue
        table = a[:, None] - b[None, :]
        for measure in (table**2, np.abs(table)):
            for value in (measure.mean(), measure.sum(), 0.5 * measure.mean(), 0.5 * measure.sum()):
                if look.near(np.asarray(value), given):
                    return Diagnosis.BROADCAST, say("broadcast", subject=look.subject, first=first, second=second)
    return None


def _biased_variance(look: Look) -> Recognised | None:
    if look.factor is None:
        return None
    for size in itertools.islice(look.scene.lengths, MOST_SIZES):
        if size < 3:
            continue
        for biased, (wrong, right) in (
            ((size - 1) / size, (f"n = {size}", f"n − 1 = {size - 1}")),
            (size / (size - 1), (f"n − 1 = {size - 1}", f"n = {size}")),
        ):
            if close_numbers(look.factor, biased, look.margin):
                parts = {"factor": factor_text(look.factor), "wrong": wrong, "right": right}
                return Diagnosis.BIASED_VARIANCE, say("biased_variance", subject=look.subject, **parts)
    return None


def size_reading(factor: float, sizes: dict[int, str], margin_rtol: float, subject: Subject) -> Recognised | None:
    """A factor that is one of the sizes, or one over it: a sum for a mean, or a mean for a sum."""
    for size, name in sizes.items():
        if abs(factor - size) <= max(margin_rtol, 1e-9) * size:
            return Diagnosis.SUM_FOR_MEAN, say("sum_for_mean", subject=subject, size=size, name=name)
        if abs(factor * size - 1.0) <= max(margin_rtol, 1e-9):
            return Diagnosis.MEAN_FOR_SUM, say("mean_for_sum", subject=subject, size=size, name=name)
    return None


def _size_factor(look: Look) -> Recognised | None:
    if look.factor is None:
        return None
    # A factor of 2 is more often a forgotten 2 than a size that happens to be 2; other cases may tell.
    sizes = {size: name for size, name in look.scene.sizes.items() if size > 2}
    return size_reading(look.factor, sizes, look.margin.rtol, look.subject)


def _factor(look: Look) -> Recognised | None:
    if look.factor is None or (not spread(look.expected) and not _telling(look.factor)):
        return None
    if abs(look.factor - 1) < NEAR_ONE:
        return None  # numbers that are nearly right have lost digits, and nobody left out a factor
    return Diagnosis.CONSTANT_FACTOR, say("factor", subject=look.subject, factor=factor_text(look.factor))


def _telling(factor: float) -> bool:
    """Whether a factor between two single numbers is no coincidence: a small fraction."""
    near = Fraction(factor).limit_denominator(8)
    return abs(near.numerator) <= 8 and near != 0 and abs(float(near) - factor) <= 1e-5 * abs(factor)


def _offset(look: Look) -> Recognised | None:
    if not spread(look.expected) or look.expected.size < 3:
        return None
    offset = (look.given - look.expected).mean()
    if not look.near(look.expected + offset, look.given):
        return None
    return Diagnosis.CONSTANT_OFFSET, say("offset", subject=look.subject, offset=f"{offset:.5g}")


def _squared(look: Look) -> Recognised | None:
    nothing = np.zeros_like(look.expected)  # what is near it looks like a square and like a root of anything small
    with np.errstate(all="ignore"):
        if not look.near(nothing, look.expected**2) and look.near(look.expected**2, look.given):
            return Diagnosis.SQUARED, say("squared", subject=look.subject)
        is_something = (np.real(look.given) >= 0).all() and not look.near(nothing, look.expected)
        if is_something and look.near(look.expected, look.given**2):
            return Diagnosis.NOT_SQUARED, say("not_squared", subject=look.subject)
    return None


def _permuted(look: Look) -> Recognised | None:
    if not spread(look.expected) or np.iscomplexobj(look.given):
        return None
    if not look.near(np.sort(look.expected, axis=None), np.sort(look.given, axis=None)):
        return None
    return Diagnosis.PERMUTED, say("permuted", subject=look.subject)


_PATTERNS: tuple[Callable[[Look], Recognised | None], ...] = (
    _low_precision,
    _input_returned,
    _sign,
    _transposed,
    _wrong_axis,
    _broadcast,
    _biased_variance,
    _size_factor,
    _factor,
    _offset,
    _squared,
    _permuted,
)
