"""Opening the hidden cases of one result to its student, for an appeal; and closing them again.

What is opened is what that one grading saw: inputs, expected and given values, and its seed. Who sees it when is
decided in `grader.services.grading.eyes` alone. The question's files are never opened.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from grader.services.auditing import audit
from grader.services.courses.windows import WindowState, state_at, window_of, windows_of_everybody
from grader.services.edits import Changed, Faulty
from grader.services.grades.releases import is_held
from grader.services.grading.results import live_run
from grader.services.handing_in.written import items_asking
from grader.services.questions.question_bank import may_read_secrets
from grader.services.refusals import Reason, Refused
from grader.store.courses import AssignmentItem, Enrolment
from grader.store.decisions import OpenedInputs
from grader.store.people import Person
from grader.store.submissions import Submission
from grader.store.words import CourseRole, Purpose, RunState

MAX_REASON_CHARS = 2000


def hindrance(session: Session, submission: Submission, now: dt.datetime) -> str | None:
    """Why the hidden cases of this submission cannot be opened now, in a sentence; None where they can."""
    if submission.purpose is not Purpose.SUBMIT or submission.version.kind != "code":
        return "Only attempts that a program was run for have hidden cases."
    run = live_run(session, submission.id)
    if run is None or run.state is not RunState.FINISHED:
        return "It is not graded yet."
    if is_held(session, submission.item.assignment_id, submission.person_id):
        return "The student's grades of this assignment are held back. Release them first."
    window = window_of(session, submission.item, submission.person_id)
    if state_at(window, now) is not WindowState.CLOSED:
        return "The assignment is not closed for this student, who could still hand in with what they see."
    for item in items_asking(session, submission.version.question_id, submission.person_id):
        if state_at(window_of(session, item, submission.person_id), now) is not WindowState.CLOSED:
            return f"The student is asked the same question in “{item.assignment.title}”, which is not closed for them."
    return None


def still_open_for(session: Session, item: AssignmentItem, now: dt.datetime) -> int:
    """How many students may still hand in for the item: those who could profit from what is opened to another."""
    windows = windows_of_everybody(session, item.assignment)
    students = session.scalars(
        select(Enrolment.person_id).where(
            Enrolment.course_id == item.assignment.course_id,
            Enrolment.role == CourseRole.STUDENT,
            Enrolment.ended_at.is_(None),
        )
    )
    return sum(state_at(windows[person_id], now) is not WindowState.CLOSED for person_id in students)


def opened(session: Session, submission_id: int) -> OpenedInputs | None:
    """The row about this submission, also where it was closed again."""
    return session.scalars(select(OpenedInputs).where(OpenedInputs.submission_id == submission_id)).one_or_none()


def open_inputs(session: Session, submission_id: int, *, reason: str, opened_by: int, now: dt.datetime) -> OpenedInputs:
    """Let the student of this submission see its hidden cases as they were graded; raises Refused and Faulty (reason).

    Opened twice it is opened once; opened after it was closed, it is open again.
    """
    submission = session.get(Submission, submission_id, with_for_update=True)
    if submission is None:
        raise Refused(Reason.NOT_FOUND, "There is no such submission.")
    if not may_read_secrets(session, session.get_one(Person, opened_by), submission.version.question_id):
        raise Refused(
            Reason.FORBIDDEN,
            "You are asked this question as a student in another course, so its hidden cases are not for you to open. "
            "Have somebody else decide about this appeal.",
        )
    reason = reason.replace("\0", "").strip()
    if not reason:
        raise Faulty({"reason": "Say why: the student reads it, and it is kept in the audit log."})
    if len(reason) > MAX_REASON_CHARS:
        raise Faulty({"reason": f"A reason has {MAX_REASON_CHARS:,} characters at most."})
    if (why := hindrance(session, submission, now)) is not None:
        raise Refused(Reason.CONFLICT, why)
    row = opened(session, submission_id)
    if row is not None and row.closed_at is None:
        return row
    if row is None:
        row = OpenedInputs(submission_id=submission_id)
        session.add(row)
    row.reason, row.opened_by, row.opened_at, row.closed_at = reason, opened_by, now, None
    try:
        session.flush()
    except IntegrityError as error:
        raise Changed from error
    _record(session, "appeal.opened", submission, opened_by, {"reason": reason}, now)
    return row


def close_inputs(session: Session, submission_id: int, *, closed_by: int, now: dt.datetime) -> None:
    """Take it back; what the student has seen they have seen."""
    submission = session.get(Submission, submission_id, with_for_update=True)
    row = opened(session, submission_id)
    if submission is None or row is None:
        raise Refused(Reason.CONFLICT, "The hidden cases of this submission are not open.")
    if row.closed_at is not None:
        return
    row.closed_at = now
    session.flush()
    _record(session, "appeal.closed", submission, closed_by, {}, now)


def _record(
    session: Session, act: str, submission: Submission, actor_id: int, detail: dict[str, str], now: dt.datetime
) -> None:
    audit.record(
        session,
        act,
        f"submission:{submission.id}",
        actor_id=actor_id,
        course_id=submission.course_id,
        detail={"person": submission.person_id, "item": submission.item_id, **detail},
        now=now,
    )
