"""Runs the checks of a question's `check.py` on an answer whose structure was found right."""

from __future__ import annotations

from typing import Any

from grader.author import CaseView, Fail, Noncontiguous
from grader.errors import AuthorFault
from grader.judge.author_code import AuthorFile
from grader.judge.cases import MadeCase
from grader.judge.closeness import margin_for
from grader.judge.findings import Finding
from grader.judge.messages import Said, cut, say
from grader.judge.view import expected_view, given_view
from grader.spec.model import Tolerance
from grader.wire import Tagged, Value

LONGEST_MESSAGE = 600


def run_checks(
    checks: AuthorFile, made: MadeCase, expected: list[Value], given: list[Value], tolerance: Tolerance
) -> Finding | None:
    """The first failure, or None. A check that raises, or returns something else, is the author's fault."""
    case = _view(made, expected, given, tolerance)
    for name in made.grade.checks:
        verdict = checks.call(name, case)
        if verdict is None:
            continue
        if not isinstance(verdict, Fail):
            message = f"a check returns a Fail or None, not {type(verdict).__name__}"
            raise AuthorFault(message, where=checks.path, key=name)
        return _finding(verdict)
    return None


def _finding(fail: Fail) -> Finding:
    said = say("check", message="")
    words = cut(str(fail.message), LONGEST_MESSAGE)
    return Finding(fail.diagnosis, Said(f"check.{fail.diagnosis}", words, said.discreet), note=fail.staff_note or words)


def _view(made: MadeCase, expected: list[Value], given: list[Value], tolerance: Tolerance) -> CaseView:
    wanted: dict[str, Any] = {}
    got: dict[str, Any] = {}
    for observation, wanted_value, given_value in zip(made.observations, expected, given, strict=True):
        if observation.is_carried:
            continue
        if type(wanted_value) is Tagged and wanted_value.kind == "unsupported":
            continue
        wanted[observation.key] = expected_view(wanted_value)
        got[observation.key] = given_view(wanted_value, given_value)
    return CaseView(
        name=made.case.name,
        inputs={
            name: value.tensor if isinstance(value, Noncontiguous) else value for name, value in made.inputs.items()
        },
        args=made.args,
        expected=wanted,
        got=got,
        rtol={dtype: margin_for(dtype, tolerance).rtol for dtype in ("float32", "float64")},
        atol={dtype: margin_for(dtype, tolerance).atol for dtype in ("float32", "float64")},
    )
