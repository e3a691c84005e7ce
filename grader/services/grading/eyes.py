"""With which eyes a student sees one result: as usual, with the grade held back, or with its hidden cases opened.

What people decided about a submission and its grade is read together, in one query.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from grader.pipeline.feedback import Audience
from grader.store.courses import AssignmentItem
from grader.store.database import remembered
from grader.store.decisions import GradeHold, OpenedInputs, Override
from grader.store.regrades import RegradeRun
from grader.store.runs import GradingRun
from grader.store.submissions import Submission


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided about one submission and the grade that it may make."""

    is_held: bool
    opened: OpenedInputs | None  # None: not opened, or closed again
    override: Override | None  # of the student's grade for the question; shown where nothing is held back

    @property
    def opened_at(self) -> dt.datetime | None:
        """Since when the hidden cases are open."""
        return None if self.opened is None else self.opened.opened_at


def decided(session: Session, submission_id: int) -> Decided:
    """The decisions in force, in one query."""
    return remembered(session, ("eyes", submission_id), lambda: _decided(session, submission_id))


def is_held_from(session: Session, submission_id: int, audience: Audience) -> bool:
    """Whether this audience sees nothing of the grade of an attempt; a precheck has none."""
    return audience is not Audience.STAFF and decided(session, submission_id).is_held


def eyes_for(session: Session, run: GradingRun, audience: Audience) -> Audience:
    """The audience as it is for this run: students may see less of it, or more.

    Opened are the results that stood when they were opened: a run that ended later shows nothing more.
    """
    if audience is Audience.STAFF or run.only_public:
        return audience
    found = decided(session, run.submission_id)
    if found.is_held:
        return Audience.HELD
    if audience is Audience.STUDENT and found.opened_at is not None and _stood(session, run, found.opened_at):
        return Audience.APPEAL
    return audience


def _stood(session: Session, run: GradingRun, opened_at: dt.datetime) -> bool:
    """Whether the run was a result then: it had ended, and was no shadow of a regrade that was applied later."""
    if run.finished_at is None or run.finished_at > opened_at:
        return False
    later = select(RegradeRun.regrade_id).where(RegradeRun.run_id == run.id, RegradeRun.applied_at > opened_at)
    return session.scalar(later.limit(1)) is None


def _decided(session: Session, submission_id: int) -> Decided:
    own, everybody = aliased(GradeHold), aliased(GradeHold)
    of_assignment = AssignmentItem.assignment_id
    row = session.execute(
        select(func.coalesce(own.is_held, everybody.is_held), OpenedInputs, Override)
        .select_from(Submission)
        .join(AssignmentItem, AssignmentItem.id == Submission.item_id)
        .outerjoin(own, (own.assignment_id == of_assignment) & (own.person_id == Submission.person_id))
        .outerjoin(everybody, (everybody.assignment_id == of_assignment) & everybody.person_id.is_(None))
        .outerjoin(OpenedInputs, (OpenedInputs.submission_id == Submission.id) & OpenedInputs.closed_at.is_(None))
        .outerjoin(
            Override,
            (Override.item_id == Submission.item_id)
            & (Override.person_id == Submission.person_id)
            & Override.revoked_at.is_(None),
        )
        .where(Submission.id == submission_id)
    ).one_or_none()
    return Decided(False, None, None) if row is None else Decided(bool(row[0]), row[1], row[2])
