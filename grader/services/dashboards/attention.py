"""What waits for somebody in a course: the queue, what could not be graded, what awaits marking."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, literal_column, or_, select
from sqlalchemy.orm import Session

from grader.store.courses import Assignment, AssignmentItem
from grader.store.people import Person
from grader.store.runs import GradingRun
from grader.store.standings import Standing
from grader.store.submissions import Submission, WrittenAnswer
from grader.store.words import Purpose

# Written out, as the indexes of these rows have them.
_IS_QUEUED: ColumnElement[bool] = GradingRun.state == literal_column("'queued'")
_IS_RUNNING: ColumnElement[bool] = GradingRun.state == literal_column("'running'")
_IS_FAILED: ColumnElement[bool] = GradingRun.state == literal_column("'failed'")


@dataclass(frozen=True, slots=True)
class Counts:
    """How one assignment stands. Prechecks are in `queued` and `failed`, for they wait too, but no submissions."""

    assignment: Assignment
    items: int
    submissions: int
    people: int  # who handed in anything
    queued: int
    failed: int
    awaiting_marking: int
    first_to_mark: int | None  # the submission that has waited longest for a marker
    last_at: dt.datetime | None

    @property
    def needs_attention(self) -> bool:
        """Whether there is something for staff to do."""
        return bool(self.failed or self.awaiting_marking)


@dataclass(frozen=True, slots=True)
class FailedRun:
    """A submission that could not be graded, with why, for staff."""

    run: GradingRun
    submission: Submission
    item: AssignmentItem
    person: Person


def counts_of_course(session: Session, course_id: int) -> list[Counts]:
    """Every assignment of the course in its order; wants fresh standings."""
    # By person first: to count different people among all rows, the database would sort them.
    each = (
        select(
            AssignmentItem.assignment_id,
            func.sum(Standing.attempts).label("attempts"),
            func.max(Standing.last_submitted_at).label("last_at"),
        )
        .join(Standing, Standing.item_id == AssignmentItem.id)
        .join(Assignment, Assignment.id == AssignmentItem.assignment_id)
        .where(Assignment.course_id == course_id, Standing.attempts > 0)
        .group_by(AssignmentItem.assignment_id, Standing.person_id)
        .subquery()
        .c
    )
    handed_in = {
        row[0]: row[1:]
        for row in session.execute(
            select(each.assignment_id, func.sum(each.attempts), func.count(), func.max(each.last_at)).group_by(
                each.assignment_id
            )
        )
    }
    waiting = _live_runs(session, course_id, or_(_IS_QUEUED, _IS_RUNNING))
    failed_by_assignment = _live_runs(session, course_id, _IS_FAILED)
    unmarked = (
        select(AssignmentItem.assignment_id, func.min(Submission.id).label("first_id"))
        .join(Submission, Submission.item_id == AssignmentItem.id)
        .join(WrittenAnswer, WrittenAnswer.submission_id == Submission.id)
        .where(Submission.course_id == course_id, Submission.purpose == Purpose.SUBMIT, WrittenAnswer.points.is_(None))
        .group_by(AssignmentItem.assignment_id, Submission.item_id, Submission.person_id)
        .subquery()
    )
    marking = {
        row[0]: row[1:]
        for row in session.execute(
            select(unmarked.c.assignment_id, func.count(), func.min(unmarked.c.first_id)).group_by(
                unmarked.c.assignment_id
            )
        )
    }
    items = dict(
        session.execute(
            select(AssignmentItem.assignment_id, func.count())
            .join(Assignment, Assignment.id == AssignmentItem.assignment_id)
            .where(Assignment.course_id == course_id)
            .group_by(AssignmentItem.assignment_id)
        ).all()
    )
    assignments = session.scalars(
        select(Assignment).where(Assignment.course_id == course_id).order_by(Assignment.position, Assignment.id)
    )
    counts = []
    for assignment in assignments:
        submissions, people, last_at = handed_in.get(assignment.id, (0, 0, None))
        awaiting_marking, first_to_mark = marking.get(assignment.id, (0, None))
        counts.append(
            Counts(
                assignment=assignment,
                items=items.get(assignment.id, 0),
                submissions=submissions,
                people=people,
                queued=waiting.get(assignment.id, 0),
                failed=failed_by_assignment.get(assignment.id, 0),
                awaiting_marking=awaiting_marking,
                first_to_mark=first_to_mark,
                last_at=last_at,
            )
        )
    return counts


def _live_runs(session: Session, course_id: int, in_state: ColumnElement[bool]) -> dict[int, int]:
    """How many there are by assignment; the indexes of these states lead to them."""
    rows = session.execute(
        select(AssignmentItem.assignment_id, func.count())
        .join(Submission, Submission.item_id == AssignmentItem.id)
        .join(GradingRun, GradingRun.submission_id == Submission.id)
        .where(GradingRun.course_id == course_id, GradingRun.is_live, in_state)
        .group_by(AssignmentItem.assignment_id)
    )
    return dict(rows.all())


def failed_runs(session: Session, course_id: int, *, item_id: int | None = None, limit: int = 50) -> list[FailedRun]:
    """What could not be graded and has not been graded since, the newest first."""
    query = (
        select(GradingRun, Submission, AssignmentItem, Person)
        .join(Submission, Submission.id == GradingRun.submission_id)
        .join(AssignmentItem, AssignmentItem.id == Submission.item_id)
        .join(Person, Person.id == Submission.person_id)
        .where(GradingRun.course_id == course_id, GradingRun.is_live, _IS_FAILED)
        .order_by(GradingRun.id.desc())
        .limit(limit)
    )
    if item_id is not None:
        query = query.where(Submission.item_id == item_id)
    return [FailedRun(*row) for row in session.execute(query)]
