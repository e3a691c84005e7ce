"""How close is close enough, by precision; NaN and infinities only where they are expected."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from grader.judge.findings import Worst
from grader.judge.tensors import Numeric, as_float
from grader.spec.model import Float32Tolerance, Tolerance

FLOOR_FLOAT32 = 1e-7
# Of a loosened tolerance: an answer that is off by more than a fiftieth is not nearly right.
WIDEST = 0.02

_HALF_OF = {"complex64": "float32", "complex128": "float64"}


@dataclass(frozen=True, slots=True)
class Margin:
    """|given - expected| <= max(atol + atol_scale * largest expected entry, floor) + rtol * |expected|.

    `floor` is the accuracy that numbers of order one have in that precision: a loss of 1e-8 that is computed
    from float32 scores of 50 is right when it comes out as 0.
    """

    rtol: float
    atol: float
    atol_scale: float
    floor: float

    def allowed(self, expected: Numeric) -> Numeric:
        """How far each entry may be off."""
        size = np.abs(expected)
        finite = size[np.isfinite(size)]
        largest = float(finite.max()) if finite.size else 0.0
        allowed: Numeric = max(self.atol + self.atol_scale * largest, self.floor) + self.rtol * size
        return allowed


_COARSE = {
    "float16": Margin(rtol=1e-2, atol=0.0, atol_scale=5e-3, floor=1e-5),
    "bfloat16": Margin(rtol=5e-2, atol=0.0, atol_scale=3e-2, floor=1e-5),
}


def margin_for(precision: str, tolerance: Tolerance) -> Margin:
    """The margin for numbers computed in that floating dtype."""
    precision = _HALF_OF.get(precision, precision)
    if precision in _COARSE:
        return _COARSE[precision]
    if precision == "float32":
        told = tolerance.float32
        return Margin(told.rtol, told.atol, told.atol_scale, floor=FLOOR_FLOAT32)
    wide = tolerance.float64
    return Margin(wide.rtol, wide.atol, wide.atol_scale, floor=0.0)


def loosened(tolerance: Tolerance, slack: float) -> Tolerance:
    """So many times as wide for float32, but not wider than WIDEST where it was not before.

    That of float64 stays: it is a billion times as wide as rounding, and whoever is near it has computed in float32.
    """
    told = tolerance.float32
    wide = Float32Tolerance(
        rtol=_wider(told.rtol, slack),
        atol=max(told.atol, FLOOR_FLOAT32) * slack,
        atol_scale=_wider(told.atol_scale, slack),
    )
    return Tolerance(float64=tolerance.float64, float32=wide)


def _wider(share: float, slack: float) -> float:
    return max(share, min(share * slack, WIDEST))


def off_by(expected: Numeric, given: Numeric, margin: Margin) -> Numeric:
    """A boolean array: True where `given` is not close to `expected` (equal shapes)."""
    with np.errstate(all="ignore"):
        wide_expected, wide_given = as_float(expected), as_float(given)
        near = np.abs(wide_given - wide_expected) <= margin.allowed(wide_expected)
        both_finite = np.isfinite(wide_expected) & np.isfinite(wide_given)
        same = (wide_expected == wide_given) | (np.isnan(wide_expected) & np.isnan(wide_given))
        off: Numeric = ~((near & both_finite) | same)
    return off


def close(expected: Numeric, given: Numeric, margin: Margin) -> bool:
    """Whether shapes are equal and every entry is close."""
    return expected.shape == given.shape and not bool(off_by(expected, given, margin).any())


def worst_entry(where: str, expected: Numeric, given: Numeric, off: Numeric) -> Worst:
    """The entry that is furthest off among those that are off; what is not finite counts as furthest."""
    with np.errstate(all="ignore"):
        error = np.abs(as_float(given) - as_float(expected))
        error = np.where(np.isfinite(error), error, np.inf)
        at = int(np.argmax(np.where(off, error, -1.0)))
    index = tuple(int(i) for i in np.unravel_index(at, expected.shape)) if expected.ndim else ()
    wanted, got = expected[index], given[index]
    size = float(np.abs(as_float(np.asarray(wanted))))
    absolute = float(error[index])
    finite = bool(np.isfinite(absolute))
    return Worst(
        where=where,
        index=index,
        expected=number_text(wanted),
        given=number_text(got),
        abs_error=absolute if finite else None,
        rel_error=absolute / size if finite and size > 0 else None,
    )


def number_text(value: object) -> str:
    """A number for people: short, but enough digits to tell float32 values apart."""
    item = value.item() if isinstance(value, np.generic | np.ndarray) else value
    if isinstance(item, bool | int):
        return str(item)
    if isinstance(item, complex):
        return f"{item:.8g}"
    assert isinstance(item, float)
    text = f"{item:.8g}"
    return text if any(mark in text for mark in ".einf") or "n" in text else text + ".0"
