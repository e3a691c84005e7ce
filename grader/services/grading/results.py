"""Results as people may see them: every report passes `grader.pipeline.feedback` on its way out.

Here too is decided what of a grade a student sees while it is held back (`grader.services.grades.releases`): pages, the
API, live events and lists read reports, verdicts, points and grades of a student through this module and
from nowhere else.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, object_session, selectinload, undefer

from grader.pipeline.feedback import Audience, shown
from grader.pipeline.order import RunReport, case_json
from grader.services.grades.grades import GRADED, ItemGrade
from grader.services.grading.eyes import eyes_for, is_held_from
from grader.services.grading.queue_view import place_of
from grader.services.grading.reports import decoded
from grader.services.handing_in.written import choice_of
from grader.services.refusals import Reason, Refused
from grader.store.questions import QuestionVersion
from grader.store.runs import GradingRun
from grader.store.submissions import Submission, WrittenAnswer
from grader.store.words import Purpose, RunState
from grader.vocab import Verdict

AWAITING_MARKING = "awaiting_marking"
MARKED = "marked"
HELD = "held"  # graded or marked, and not to be seen yet


class Result(NamedTuple):
    """What a submission came to, in the question's points, as somebody may see it: all None while it is held back."""

    state: str
    verdict: Verdict | None
    points: float | None
    max_points: float


def run_report(run: GradingRun) -> RunReport | None:
    """The whole report of a finished run, for programs; people get `shown_report`."""
    return None if run.report is None else decoded(run.report)


def shown_report(run: GradingRun, audience: Audience) -> RunReport | None:
    """The report as the audience may see it, of a student as they may now; None while there is none."""
    report = run_report(run)
    return None if report is None else shown(report, _eyes(run, audience))


def shown_progress(run: GradingRun, audience: Audience) -> list[dict[str, Any]]:
    """The cases of a run that goes on, likewise: none while the grade will be held back."""
    return run.progress if run.progress and _eyes(run, audience) is not Audience.HELD else []


def shown_result(submission: Submission, run: GradingRun | None, *, is_held: bool) -> Result:
    """State, verdict and points for lists; `is_held` says whether the reader is a student who waits for the grade."""
    answer = submission.answer
    if run is None:
        points = None if answer is None else answer.points
        state = AWAITING_MARKING if points is None else MARKED
        result = Result(state, None, points, submission.version.max_score)
    else:
        full = submission.version.max_score if run.max_score is None else run.max_score
        result = Result(run.state.value, run.verdict, run.score, full)
    if is_held and submission.purpose is Purpose.SUBMIT and result.state in {RunState.FINISHED, MARKED}:
        return Result(HELD, None, None, result.max_points)
    return result


def shown_grade(grade: ItemGrade, *, is_held: bool) -> ItemGrade:
    """The grade for its student: while it is held back, only that there is one. Which attempt counts tells too much."""
    if not is_held:
        return grade
    state = HELD if grade.state == GRADED else grade.state
    return grade._replace(
        score=None, raw_score=None, late_factor=1.0, submission_id=None, state=state, is_overridden=False
    )


def live_run(session: Session, submission_id: int) -> GradingRun | None:
    """The run whose result is the submission's; None for an answer that a person marks."""
    return session.scalars(
        select(GradingRun).where(GradingRun.submission_id == submission_id, GradingRun.is_live)
    ).one_or_none()


def live_among(submission: Submission) -> GradingRun | None:
    """The same, of a submission whose runs are loaded."""
    return next((run for run in submission.runs if run.is_live), None)


def submissions_of(session: Session, item_id: int, person_id: int) -> list[Submission]:
    """Everything the person handed in for the item, newest first, with its runs and answer loaded."""
    return list(
        session.scalars(
            select(Submission)
            .where(Submission.item_id == item_id, Submission.person_id == person_id)
            .options(selectinload(Submission.runs), selectinload(Submission.answer))
            .order_by(Submission.id.desc())
        )
    )


def state_json(session: Session, submission_id: int, audience: Audience) -> dict[str, Any]:
    """Where the submission stands, for a page that waits for it; raises Refused when there is none.

    `state` is queued, running, finished or failed, or for a written answer awaiting_marking or marked; of a choice
    whose reason is marked, the one case is what the key says of the choice. `updated` changes whenever anything but
    the queue before it did.
    """
    run = session.scalars(
        select(GradingRun)
        .where(GradingRun.submission_id == submission_id, GradingRun.is_live)
        .options(
            undefer(GradingRun.report),
            joinedload(GradingRun.version).load_only(QuestionVersion.max_score, QuestionVersion.question_id),
        )
    ).one_or_none()
    if run is None:
        return _written_json(session, submission_id, audience)
    report = shown_report(run, audience)
    place = place_of(session, run) if run.state is RunState.QUEUED else None
    cases = shown_progress(run, audience) if report is None else [case_json(case) for case in report.cases]
    is_held = report is not None and _eyes(run, audience) is Audience.HELD
    return {
        "id": submission_id,
        "state": run.state.value,
        "ahead": None if place is None else place.ahead,
        "wait_s": None if place is None else place.wait_s,
        "cases": cases,
        "verdict": None if report is None or is_held else report.verdict.value,
        "score": None if report is None or is_held else report.score,
        "max_score": run.version.max_score if report is None else report.max_score,
        "updated": f"{run.id}.{run.tries}.{run.state}.{len(cases)}",
    }


def _full_marks(session: Session, version_id: int) -> float:
    return session.scalars(select(QuestionVersion.max_score).where(QuestionVersion.id == version_id)).one()


def _eyes(run: GradingRun, audience: Audience) -> Audience:
    session = object_session(run)
    assert session is not None  # results are read from rows
    return eyes_for(session, run, audience)


def _written_json(session: Session, submission_id: int, audience: Audience) -> dict[str, Any]:
    submission = session.get(Submission, submission_id)
    if submission is None:
        raise Refused(Reason.NOT_FOUND, "There is no such submission.")
    answer = session.get(WrittenAnswer, submission_id)
    choice = None if answer is None else choice_of(submission.version, answer)
    points = None if answer is None else answer.points
    state = AWAITING_MARKING if points is None else MARKED
    if is_held_from(session, submission_id, audience):
        points = choice = None
    return {
        "id": submission_id,
        "state": state,
        "ahead": None,
        "wait_s": None,
        "cases": [] if choice is None else [case_json(choice)],
        "verdict": None,
        "score": points,
        "max_score": _full_marks(session, submission.version_id),
        "updated": f"{state}.{points}",
    }
