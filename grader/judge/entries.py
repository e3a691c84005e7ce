"""Compares numbers with numbers: device, shape, kind, dtype, then entries; explains what differs."""

from __future__ import annotations

import numpy as np

from grader.judge import patterns
from grader.judge.closeness import Margin, margin_for, number_text, off_by, worst_entry
from grader.judge.findings import Finding, Worst
from grader.judge.messages import Said, Subject, say
from grader.judge.pictures import error_grid
from grader.judge.scene import Scene, spread
from grader.judge.tensors import Numbers, Numeric, as_float
from grader.vocab import Diagnosis

_KIND_WORDS = {"bool": "truth values", "int": "integers", "float": "real numbers", "complex": "complex numbers"}


def compare_numbers(
    expected: Numbers, given: Numbers, scene: Scene, subject: Subject, *, values: bool = True
) -> Finding | None:
    """None when `given` is right.

    With `values` False a check decides about them: device and shape count, of vectors not the length, and that there
    are numbers that a check can reckon with.
    """
    wrong = wrong_device(expected, given, subject)
    of_vectors = len(expected.shape) == len(given.shape) == 1
    if wrong is None and (values or not of_vectors):
        wrong = _wrong_shape(expected, given, scene, subject)
    if wrong is not None:
        return wrong
    if not values:
        return no_numbers(expected, given, subject)
    return (
        _wrong_kind(expected, given, scene, subject)
        or _wrong_values(expected, given, scene, subject)
        or _wrong_dtype(expected, given, scene, subject)
    )


def no_numbers(expected: Numbers, given: Numbers, subject: Subject) -> Finding | None:
    """Complex numbers, or nan, where the reference has none: they are neither above nor below any bound."""
    if given.kind == "complex" and expected.kind != "complex" and expected.values.size:
        words = {"expected": _KIND_WORDS[expected.kind], "given": _KIND_WORDS[given.kind]}
        return Finding(Diagnosis.WRONG_DTYPE, say("kind", subject=subject, **words))
    if np.isnan(given.values).any() and not np.isnan(expected.values).any():
        return Finding(Diagnosis.NOT_A_NUMBER, say("nan", subject=subject, expected="a number", places="in places"))
    return None


def wrong_device(expected: Numbers, given: Numbers, subject: Subject) -> Finding | None:
    """Only tensors have a device, and cuda is cuda:0."""
    if expected.device is None or given.device is None:
        return None
    wanted, got = expected.device.split(":")[0], given.device.split(":")[0]
    if wanted == got:
        return None
    return Finding(Diagnosis.WRONG_DEVICE, say("device", subject=subject, expected=wanted, given=got))


def shape_text(shape: tuple[int, ...]) -> str:
    """A shape as Python writes it; () is a single number."""
    return str(shape) if shape else "() (a single number)"


def squeezed(shape: tuple[int, ...]) -> tuple[int, ...]:
    """The shape without its dimensions of length 1."""
    return tuple(length for length in shape if length != 1)


def _wrong_shape(expected: Numbers, given: Numbers, scene: Scene, subject: Subject) -> Finding | None:
    wanted, got = expected.shape, given.shape
    if wanted == got or (scene.grade.shape == "squeeze" and squeezed(wanted) == squeezed(got)):
        return None
    shapes = {"subject": subject, "expected": shape_text(wanted), "given": shape_text(got)}
    if len(wanted) >= 2 and got == tuple(reversed(wanted)):
        return Finding(Diagnosis.TRANSPOSED, say("shape_transposed", **shapes))
    if len(wanted) >= 1 and got == (wanted[0], *wanted):
        return Finding(Diagnosis.BROADCAST, say("shape_broadcast", **shapes))
    if not wanted and len(got) == 2 and got[0] == got[1] and got[0] in scene.sizes:
        return Finding(Diagnosis.BROADCAST, say("shape_broadcast", **shapes))
    axis = _other_axis(expected, given, scene, shapes)
    return axis or Finding(Diagnosis.WRONG_SHAPE, say("shape", **shapes))


def _other_axis(expected: Numbers, given: Numbers, scene: Scene, shapes: dict[str, object]) -> Finding | None:
    if len(expected.shape) != 1:
        return None
    if len(given.shape) == 1:
        for name, numbers in scene.numbers.items():
            if len(numbers.shape) == 2 and {expected.shape, given.shape} == {(n,) for n in numbers.shape}:
                return Finding(Diagnosis.WRONG_AXIS, say("shape_axis", input=name, **shapes))
    if given.shape == () and spread(as_float(expected.values)):
        whole = as_float(expected.values)
        for how, number in (("mean", whole.mean()), ("sum", whole.sum())):
            if np.isclose(as_float(given.values), number, rtol=1e-4, atol=0.0):
                return Finding(Diagnosis.WRONG_AXIS, say("shape_all_axes", how=how, **shapes))
    return None


def _wrong_kind(expected: Numbers, given: Numbers, scene: Scene, subject: Subject) -> Finding | None:
    if scene.grade.dtype == "any" or expected.kind == given.kind or 0 in expected.shape:
        return None
    # A Python 2 is as good as 2.0, and so is a list of them.
    if expected.kind in ("float", "complex") and given.kind in ("int", "float") and given.dtype is None:
        return None
    words = {"expected": _KIND_WORDS[expected.kind], "given": _KIND_WORDS[given.kind]}
    return Finding(Diagnosis.WRONG_DTYPE, say("kind", subject=subject, **words))


def _wrong_dtype(expected: Numbers, given: Numbers, scene: Scene, subject: Subject) -> Finding | None:
    if not _is_other_dtype(expected, given, scene):
        return None
    return Finding(Diagnosis.WRONG_DTYPE, say("dtype", subject=subject, expected=expected.dtype, given=given.dtype))


def _is_other_dtype(expected: Numbers, given: Numbers, scene: Scene) -> bool:
    """Whether the dtype alone makes the answer wrong."""
    if scene.grade.dtype != "exact" or expected.dtype is None or given.dtype is None:
        return False
    return expected.dtype != given.dtype


def _wrong_values(expected: Numbers, given: Numbers, scene: Scene, subject: Subject) -> Finding | None:
    wanted, got = expected.values, given.values.reshape(expected.shape)
    exact = expected.kind in ("bool", "int") and given.kind in ("bool", "int")
    margin = _margin(expected, given, scene)
    off: Numeric = (wanted != got) if exact else off_by(wanted, got, margin)
    if not off.any():
        return None
    off = np.asarray(off)
    worst = worst_entry(subject.full, wanted, got, off)
    grid = error_grid(subject.full, wanted, got, off)
    count = f"{int(off.sum())} of {off.size} off"
    note = f"{subject.full}: {worst.given} instead of {worst.expected} at {list(worst.index)}; {count}"
    told = _wrong_places(wanted, got, subject) or _coarse(wanted, got, given.precision, scene, subject)
    if told is not None:
        return Finding(told[0], told[1], worst, note, error_grid=grid)
    squeezed_given = Numbers(got, given.kind, given.dtype, given.container)
    plainly = _plainly(subject, worst, off)
    found, factor = patterns.recognise(expected, squeezed_given, margin, scene, subject, plainly)
    diagnosis, said = found or (Diagnosis.WRONG_VALUE, plainly)
    return Finding(diagnosis, said, worst, note, factor, error_grid=grid)


def _margin(expected: Numbers, given: Numbers, scene: Scene) -> Margin:
    """The margin. An answer that is wrong for its dtype anyway is not to be told that its values are wrong too."""
    margin = scene.margin(expected)
    if not _is_other_dtype(expected, given, scene) or given.precision is None:
        return margin
    return max(margin, margin_for(given.precision, scene.tolerance), key=lambda margin: margin.rtol)


def _plainly(subject: Subject, worst: Worst, off: Numeric) -> Said:
    parts = {"subject": subject, "given": worst.given, "expected": worst.expected, "at": _at(worst.index)}
    if off.size == 1:
        return say("value", **parts)
    return say("values", count=int(off.sum()), size=off.size, **parts)


def _at(index: tuple[int, ...]) -> str:
    return f" at {list(index)}" if index else ""


def _coarse(
    wanted: Numeric, got: Numeric, precision: str | None, scene: Scene, subject: Subject
) -> tuple[Diagnosis, Said] | None:
    """Numbers that are as good as they can be in the 16 bits that they came in."""
    if precision not in ("float16", "bfloat16") or off_by(wanted, got, margin_for(precision, scene.tolerance)).any():
        return None
    return Diagnosis.LOW_PRECISION, say("coarse", subject=subject, given=precision)


def _wrong_places(wanted: Numeric, got: Numeric, subject: Subject) -> tuple[Diagnosis, Said] | None:
    """NaN and infinities that stand where they should not, or are missing where they should."""
    with np.errstate(all="ignore"):
        wide_wanted, wide_got = as_float(wanted), as_float(got)
        tests = (
            (np.isnan(wide_got) & ~np.isnan(wide_wanted), Diagnosis.NOT_A_NUMBER, "nan"),
            (np.isinf(wide_got) & (wide_got != wide_wanted), Diagnosis.INFINITE, "infinite"),
            (np.isnan(wide_wanted) & ~np.isnan(wide_got), Diagnosis.NOT_A_NUMBER, "nan_missing"),
            (np.isinf(wide_wanted) & ~np.isinf(wide_got), Diagnosis.INFINITE, "infinite_missing"),
        )
    for places, diagnosis, message_id in tests:
        if places.any():
            first = tuple(int(i) for i in np.argwhere(places)[0])
            count = int(places.sum())
            where = f"at {list(first)}" if first else "here"
            if count > 1:
                where += f" and in {count - 1} more places" if count > 2 else " and in one more place"
            parts = {"expected": number_text(wanted[first]), "given": number_text(got[first]), "places": where}
            return diagnosis, say(message_id, subject=subject, **parts)
    return None
