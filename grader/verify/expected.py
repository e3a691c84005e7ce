"""`expected.json`: the expected values of public cases, which students may see."""

from __future__ import annotations

import json
import math
from typing import Any

from grader.clock import monotonic_s
from grader.errors import AuthorFault, SandboxFault
from grader.pipeline.lane import Lane
from grader.sandbox.interface import Message, Sandbox
from grader.spec.find import MAX_FILE_BYTES
from grader.spec.question import EXPECTED_FILE, Question
from grader.verify.result import Finding
from grader.wire import Value

ANSWER_S = 60.0
# Another version of torch rounds otherwise; more than this is another expected value.
RELATIVE_DIFFERENCE = 1e-4
ABSOLUTE_DIFFERENCE = 1e-7
# Nested this deep, what follows is written on one line: case, inputs or expected, name.
INDENTED = 3
NOTHING = "{}\n"


def expected_text(question: Question, sandbox: Sandbox) -> str:
    """What the file should hold, from the judge. Raises AuthorFault and SandboxFault.

    Cases with checks are left out: what the reference gives there is one right answer of many.
    """
    lane = Lane(sandbox)
    try:
        judge = lane.judge(question)
        judge.tell({"op": "expected"})
        until_s = monotonic_s() + ANSWER_S
        while (event := lane.next_event(until_s)) is not None:
            if event.child is not judge.child:
                continue  # of a process that this lane is done with
            if not isinstance(event, Message):
                raise AuthorFault("the judge ended while it computed the expected values", where=EXPECTED_FILE)
            said = judge.read(event.body)
            if said["op"] != "expected":
                raise SandboxFault(f"the judge answered {said['op']!r} when it was asked for the expected values")
            text = _layout(_compared(question, said.get("cases")))  # the judge sends what is to be written
            if len(text.encode()) > MAX_FILE_BYTES:
                raise AuthorFault("too big: make the inputs of public cases smaller", where=EXPECTED_FILE)
            return text
        raise AuthorFault(f"computing the expected values took more than {ANSWER_S:.0f} s", where=EXPECTED_FILE)
    finally:
        lane.close()


def _compared(question: Question, cases: Value) -> dict[str, Any]:
    """The cases that are decided by comparing alone."""
    if not isinstance(cases, dict):
        raise SandboxFault("the judge sent expected values in another form than agreed")
    checked = {case.name for case in question.spec.cases if question.spec.grade_of(case).checks}
    return {str(name): value for name, value in cases.items() if name not in checked}


def expected_finding(question: Question, fresh: str) -> Finding:
    """Whether the file says what the reference gives today."""
    advice = "run `grader question verify --write-expected`"
    written = question.files.get(EXPECTED_FILE)
    if written is None and fresh == NOTHING:
        return Finding("expected", True, "checks decide all public cases: no expected values to show")
    if written is None:
        return Finding("expected", False, f"{EXPECTED_FILE} is missing: {advice}")
    try:
        held = json.loads(written)
    except ValueError:
        return Finding("expected", False, f"{EXPECTED_FILE} is not JSON: {advice}")
    if not _same(held, json.loads(fresh)):
        return Finding("expected", False, f"{EXPECTED_FILE} is out of date: {advice}")
    return Finding("expected", True, f"{EXPECTED_FILE} is up to date")


def _same(one: Any, other: Any) -> bool:
    """Equal but for rounding."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_same, one, other))
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=RELATIVE_DIFFERENCE, abs_tol=ABSOLUTE_DIFFERENCE)
    return bool(one == other)


def _layout(value: Any, depth: int = 0) -> str:
    """JSON with a line for each input and each expected value, so that a change reads well in a diff."""
    if not isinstance(value, dict) or not value or depth == INDENTED:
        return json.dumps(value, ensure_ascii=False, allow_nan=False) + ("" if depth else "\n")
    inside = " " * (depth + 1)
    items = [
        f"{inside}{json.dumps(key, ensure_ascii=False)}: {_layout(item, depth + 1)}" for key, item in value.items()
    ]
    return "{\n" + ",\n".join(items) + "\n" + " " * depth + ("}" if depth else "}\n")
