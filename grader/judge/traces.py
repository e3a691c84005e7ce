"""Lists of numbers, one for each step of something: losses, snapshots, counts."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from grader.judge.closeness import close
from grader.judge.entries import compare_numbers, no_numbers
from grader.judge.findings import Finding
from grader.judge.messages import Subject, say
from grader.judge.scene import Scene, spread
from grader.judge.tensors import Numbers, as_float, as_numbers
from grader.vocab import Diagnosis
from grader.wire import Value

SHORTEST_TRACE = 3
LONGEST_CURVE = 400  # points that are kept for the picture


def compare_traces(
    expected: Numbers, given: Numbers, scene: Scene, subject: Subject, *, values: bool = True
) -> Finding | None:
    """Two lists of plain numbers. With `values` False their lengths may differ: a check decides."""
    if not values:
        return no_numbers(expected, given, subject)
    if expected.shape != given.shape:
        return wrong_length(expected, given.values.size, given, scene, subject)
    finding = compare_numbers(expected, given, scene, subject)
    if finding is None or expected.values.size < SHORTEST_TRACE:
        return finding
    shifted = None if finding.specific and finding.factor is None else _shifted(expected, given, scene)
    if shifted is not None:
        finding = finding.called(Diagnosis.TRACE_SHIFTED, say(shifted, subject=subject))
    return _with_curve(finding, expected, given)


def wrong_length(expected: Numbers, length: int, given: Numbers | None, scene: Scene, subject: Subject) -> Finding:
    """The list is too short or too long; says so when what there is fits the expected list."""
    wanted = expected.values.size if len(expected.shape) == 1 else expected.shape[0]
    is_trace = expected.kind == "float" and max(wanted, length) >= SHORTEST_TRACE
    diagnosis = Diagnosis.WRONG_TRACE_LENGTH if is_trace else Diagnosis.WRONG_LENGTH
    shared = ""
    if given is not None and given.values.ndim == 1 and min(wanted, length) > 0:
        shared = _shared(expected, given, scene)
    said = say("trace_length", subject=subject, expected=wanted, given=length, shared=shared)
    return Finding(diagnosis, said)


def _shared(expected: Numbers, given: Numbers, scene: Scene) -> str:
    short = min(expected.values.size, given.values.size)
    margin = scene.margin(expected)
    wanted, got = expected.values, given.values
    if close(as_float(wanted[:short]), as_float(got[:short]), margin):
        return "; as far as both go, they agree"
    if close(as_float(wanted[-short:]), as_float(got[-short:]), margin):
        return "; the last ones agree, so the difference is at the beginning"
    return ""


def _shifted(expected: Numbers, given: Numbers, scene: Scene) -> str | None:
    """The id of the message when one list is the other, moved by one place."""
    wanted, got = as_float(expected.values), as_float(given.values)
    if not spread(wanted[1:]) or not spread(wanted[:-1]):
        return None
    margin = scene.margin(expected)
    if close(wanted[1:], got[:-1], margin):
        return "trace_late"
    return "trace_early" if close(wanted[:-1], got[1:], margin) else None


def _with_curve(finding: Finding, expected: Numbers, given: Numbers) -> Finding:
    if expected.kind != "float" or given.kind == "complex" or expected.values.ndim != 1:
        return finding
    step = -(-expected.values.size // LONGEST_CURVE)
    wanted, got = as_float(expected.values[::step]), as_float(given.values[::step])
    if np.isinf(wanted).any() or np.isinf(got).any():
        return finding  # nothing that could be drawn
    return replace(finding, curve={"expected": wanted.tolist(), "given": got.tolist()})


def accumulated(
    expected: list[Value], given: list[Value], scene: Scene, subject: Subject, finding: Finding
) -> Finding | None:
    """Snapshots that add up: part k is k times what it should be, as gradients that are never set to zero."""
    wanted, got = as_numbers(expected), as_numbers(given)
    if wanted is None or got is None or wanted.shape != got.shape or len(wanted.shape) < 2 or wanted.shape[0] < 2:
        return None
    if wanted.kind != "float" or got.kind != "float":
        return None
    margin = scene.margin(wanted)
    sums = np.cumsum(as_float(wanted.values), axis=0)
    if not close(sums, as_float(got.values), margin):
        return None
    return finding.called(Diagnosis.ACCUMULATED_GRADIENT, say("accumulated_rows", subject=subject))
