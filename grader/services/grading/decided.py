"""Runs that no worker does: a number or a choice is decided by the question's key at once."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from grader.pipeline.order import RunReport
from grader.services.grading.reports import add_case_outcomes, result_columns
from grader.store.questions import QuestionVersion
from grader.store.runs import GradingRun
from grader.store.words import Lane, RunState


def keep_decided(
    session: Session,
    submission_id: int,
    version: QuestionVersion,
    report: RunReport,
    *,
    course_id: int,
    lane: Lane,
    is_live: bool,
    now: dt.datetime,
) -> int:
    """Add the finished run with its report; its id."""
    run = GradingRun(
        submission_id=submission_id,
        version_id=version.id,
        course_id=course_id,
        is_live=is_live,
        device=version.device,
        lane=lane,
        seed=0,
        state=RunState.FINISHED,
        queued_at=now,
        started_at=now,
        finished_at=now,
        **result_columns(report),
    )
    session.add(run)
    session.flush()
    add_case_outcomes(session, run.id, report)
    return run.id
