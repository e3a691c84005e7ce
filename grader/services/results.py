"""Results as people may see them: every report passes `grader.pipeline.feedback` on its way out."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload, undefer

from grader.pipeline.feedback import Audience, shown
from grader.pipeline.order import RunReport, case_json
from grader.services.queue_view import place_of
from grader.services.refusals import Reason, Refused
from grader.services.reports import decoded
from grader.services.written import choice_of
from grader.store.questions import QuestionVersion
from grader.store.runs import GradingRun
from grader.store.submissions import Submission, WrittenAnswer
from grader.store.words import RunState

AWAITING_MARKING = "awaiting_marking"
MARKED = "marked"


def run_report(run: GradingRun) -> RunReport | None:
    """The whole report of a finished run, for programs; people get `shown_report`."""
    return None if run.report is None else decoded(run.report)


def shown_report(run: GradingRun, audience: Audience) -> RunReport | None:
    """The report as the audience may see it; None while there is none."""
    report = run_report(run)
    return None if report is None else shown(report, audience)


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
        return _written_json(session, submission_id)
    report = shown_report(run, audience)
    place = place_of(session, run) if run.state is RunState.QUEUED else None
    cases = run.progress or [] if report is None else [case_json(case) for case in report.cases]
    return {
        "id": submission_id,
        "state": run.state.value,
        "ahead": None if place is None else place.ahead,
        "wait_s": None if place is None else place.wait_s,
        "cases": cases,
        "verdict": None if report is None else report.verdict.value,
        "score": None if report is None else report.score,
        "max_score": run.version.max_score if report is None else report.max_score,
        "updated": f"{run.id}.{run.tries}.{run.state}.{len(cases)}",
    }


def _full_marks(session: Session, version_id: int) -> float:
    return session.scalars(select(QuestionVersion.max_score).where(QuestionVersion.id == version_id)).one()


def _written_json(session: Session, submission_id: int) -> dict[str, Any]:
    submission = session.get(Submission, submission_id)
    if submission is None:
        raise Refused(Reason.NOT_FOUND, "There is no such submission.")
    answer = session.get(WrittenAnswer, submission_id)
    choice = None if answer is None else choice_of(submission.version, answer)
    points = None if answer is None else answer.points
    state = AWAITING_MARKING if points is None else MARKED
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
