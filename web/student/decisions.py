"""What people decided about a result, on its page: held back, set by hand, asked about, opened on appeal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import url_for

from grader.pipeline.order import RunReport
from grader.services.access import Verb
from grader.services.grades import regrade_requests
from grader.services.grades.grades import item_max_score
from grader.services.grading import replays, results
from grader.services.grading.eyes import decided, is_held_from
from grader.store.decisions import OpenedInputs, Override, RegradeRequest
from grader.store.runs import GradingRun
from grader.store.submissions import Submission
from grader.store.words import Purpose, RunState
from web.database import reading
from web.login import allowed
from web.student.access import Seen
from web.student.wording import Headline

_HELD = Headline(
    "Received and graded",
    "The grade is held back for now. You will see it here when the teaching team releases it.",
    "wait",
)


@dataclass(frozen=True, slots=True)
class DecisionsPanel:
    """What the page shows of it; of a grade that is held back, nothing but that."""

    is_held: bool  # from whoever looks
    is_held_from_student: bool  # for those who teach and see it all the same
    override: Override | None
    max_score: float
    requests: list[RegradeRequest]
    may_ask: bool
    case_names: list[str]
    opened: OpenedInputs | None  # in force
    tolerances: list[tuple[str, str]]
    replays: int
    ways: dict[str, str]  # addresses for those who teach, by what is done there


def is_held_back(seen: Seen) -> bool:
    """Whether the page must show nothing of the grade: to a student, of an attempt."""
    is_attempt = seen.submission.purpose is Purpose.SUBMIT
    return is_attempt and is_held_from(reading(), seen.submission.id, seen.audience)


def held_headline(state: str) -> Headline | None:
    """The page's first words where the grade is there and is held back."""
    return _HELD if state in {RunState.FINISHED, results.MARKED} else None


def decisions_panel(seen: Seen, run: GradingRun | None, report: RunReport | None, *, is_held: bool) -> DecisionsPanel:
    """Everything for `student/_decisions_panel.html`."""
    session, given = reading(), seen.submission
    is_attempt = given.purpose is Purpose.SUBMIT
    found = decided(session, given.id)
    # What was asked and answered speaks of the grade.
    asked = regrade_requests.requests_about(session, given.id) if is_attempt and not is_held else []
    is_graded = run.state is RunState.FINISHED if run is not None else given.answer and given.answer.points is not None
    is_theirs = bool(seen.is_own and is_attempt and is_graded and not is_held)
    ways = _ways(given, run)
    return DecisionsPanel(
        is_held=is_held,
        is_held_from_student=found.is_held and is_attempt,
        override=None if is_held or not is_attempt else found.override,
        max_score=item_max_score(given.item),
        requests=asked,
        may_ask=is_theirs and regrade_requests.may_ask_after(asked),
        case_names=[case.name for case in report.cases] if report is not None and not given.answer else [],
        opened=None if is_held else found.opened,
        tolerances=[] if report is None else _tolerances(report),
        replays=len(replays.replays_of(session, run.id)) if run is not None and "replays" in ways else 0,
        ways=ways,
    )


def _ways(given: Submission, run: GradingRun | None) -> dict[str, str]:
    """Where those who teach go on from here; empty for students."""
    course, item = given.item.assignment.course, given.item
    if given.purpose is not Purpose.SUBMIT or not allowed(Verb.VIEW_ANY, course.id):
        return {}
    ways = {}
    of_this: dict[str, Any] = {"course_slug": course.slug, "submission_id": given.id}
    if allowed(Verb.OVERRIDE, course.id):
        ways["override"] = url_for(
            "ta.override",
            course_slug=course.slug,
            assignment_slug=item.assignment.slug,
            item_slug=item.slug,
            person_id=given.person_id,
        )
    if run is not None and run.state is RunState.FINISHED and given.version.kind == "code":
        if allowed(Verb.RERUN, course.id):
            ways["replays"] = url_for("ta.replays", **of_this)
        if allowed(Verb.ANSWER_REQUESTS, course.id):
            ways["appeal"] = url_for("ta.appeal", **of_this)
    if allowed(Verb.VIEW_AUDIT, course.id):
        ways["audit"] = url_for("ta.audit", course_slug=course.slug, subject=f"submission:{given.id}")
    return ways


def _tolerances(report: RunReport) -> list[tuple[str, str]]:
    """The tolerances by what they are for, as text."""
    told = []
    for name, value in sorted(report.provenance.tolerances.items()):
        if isinstance(value, dict):
            said = ", ".join(f"{key} {_figure(part)}" for key, part in sorted(value.items()))
        else:
            said = _figure(value)
        told.append((str(name), said))
    return told


def _figure(value: object) -> str:
    return f"{value:.6g}" if isinstance(value, float) else str(value)
