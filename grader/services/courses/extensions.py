"""More time or more attempts for single students."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from grader.clock import utc_now
from grader.services.auditing import audit
from grader.services.edits import MAX_ATTEMPTS, Changed, Faulty
from grader.services.grades.standings import touch_assignment
from grader.services.refusals import Reason, Refused
from grader.store.courses import Assignment, Enrolment, Extension
from grader.store.people import Person
from grader.store.words import CourseRole

MAX_REASON_CHARS = 2000


def grant(
    session: Session,
    assignment_id: int,
    person_ids: Collection[int],
    *,
    reason: str,
    granted_by: int,
    due_at: dt.datetime | None = None,
    closes_at: dt.datetime | None = None,
    extra_attempts: int = 0,
) -> list[Extension]:
    """Give each of these students the same extension; one that they had for this assignment is revoked.

    Raises Faulty with the fields people, reason, due_at, closes_at and extra_attempts.
    """
    assignment = session.get_one(Assignment, assignment_id, with_for_update=True)
    errors = faults_of(assignment, reason, due_at, closes_at, extra_attempts)
    if not person_ids:
        errors["people"] = "Choose at least one student."
    elif _students(session, assignment.course_id, person_ids) != set(person_ids):
        errors["people"] = "One of these people is not a student of this course any more. Choose again."
    if errors:
        raise Faulty(errors)
    now = utc_now()
    replaced = session.scalars(
        select(Extension).where(
            Extension.assignment_id == assignment_id,
            Extension.person_id.in_(person_ids),
            Extension.revoked_at.is_(None),
        )
    ).all()
    for old in replaced:
        old.revoked_at = now
    session.flush()
    granted = [
        Extension(
            assignment_id=assignment_id,
            person_id=person_id,
            due_at=due_at,
            closes_at=closes_at,
            extra_attempts=extra_attempts,
            reason=reason.strip(),
            granted_by=granted_by,
            created_at=now,
        )
        for person_id in sorted(set(person_ids))
    ]
    session.add_all(granted)
    try:
        session.flush()
    except IntegrityError as error:
        raise Changed from error
    for extension in granted:
        _record(session, "extension.granted", assignment.course_id, extension, granted_by)
    touch_assignment(session, assignment_id, person_ids)
    return granted


def revoke(session: Session, course_id: int, extension_id: int, *, revoked_by: int) -> None:
    """Take an extension back; what was handed in under it counts by the assignment's own times from now on."""
    extension = session.get(Extension, extension_id, with_for_update=True)
    if extension is None or session.get_one(Assignment, extension.assignment_id).course_id != course_id:
        raise Refused(Reason.NOT_FOUND, "There is no such extension in this course.")
    if extension.revoked_at is not None:
        return
    extension.revoked_at = utc_now()
    session.flush()
    _record(session, "extension.revoked", course_id, extension, revoked_by)
    touch_assignment(session, extension.assignment_id, [extension.person_id])


def live_extensions(
    session: Session, course_id: int, *, person_id: int | None = None
) -> list[tuple[Extension, Assignment, Person, Person]]:
    """The extensions in force, each with its assignment, its student and who granted it; the newest first."""
    wanted = (
        select(Extension, Assignment, Person)
        .join(Assignment, Assignment.id == Extension.assignment_id)
        .join(Person, Person.id == Extension.person_id)
        .where(Assignment.course_id == course_id, Extension.revoked_at.is_(None))
        .order_by(Extension.id.desc())
    )
    if person_id is not None:
        wanted = wanted.where(Extension.person_id == person_id)
    rows = session.execute(wanted).all()
    granters = session.scalars(select(Person).where(Person.id.in_({row[0].granted_by for row in rows})))
    by_id = {person.id: person for person in granters}
    return [(extension, assignment, person, by_id[extension.granted_by]) for extension, assignment, person in rows]


def faults_of(
    assignment: Assignment,
    reason: str,
    due_at: dt.datetime | None,
    closes_at: dt.datetime | None,
    extra_attempts: int,
) -> dict[str, str]:
    """What is wrong with an extension, by field: reason, due_at, closes_at and extra_attempts."""
    errors: dict[str, str] = {}
    if not reason.strip():
        errors["reason"] = "Say why: it is kept with the extension, and students do not see it."
    elif len(reason) > MAX_REASON_CHARS:
        errors["reason"] = f"A reason has {MAX_REASON_CHARS:,} characters at most."
    if not 0 <= extra_attempts <= MAX_ATTEMPTS:
        errors["extra_attempts"] = "Extra attempts are a whole number from 0 up."
    if due_at is closes_at is None and extra_attempts == 0:
        errors["due_at"] = "Give more time, more attempts, or both."
    if due_at is not None and assignment.due_at is not None and due_at < assignment.due_at:
        errors["due_at"] = "That is before the deadline that everybody has."
    closes = closes_at or assignment.closes_at
    if due_at is not None and closes is not None and closes < due_at:
        errors["closes_at"] = "It closes before the new deadline: move the closing time as well."
    if closes_at is not None and assignment.closes_at is not None and closes_at < assignment.closes_at:
        errors["closes_at"] = "That is before it closes for everybody."
    return errors


def _students(session: Session, course_id: int, person_ids: Collection[int]) -> set[int]:
    return set(
        session.scalars(
            select(Enrolment.person_id).where(
                Enrolment.course_id == course_id,
                Enrolment.person_id.in_(person_ids),
                Enrolment.role == CourseRole.STUDENT,
                Enrolment.ended_at.is_(None),
            )
        )
    )


def _record(session: Session, act: str, course_id: int, extension: Extension, actor_id: int) -> None:
    detail = {
        "assignment": extension.assignment_id,
        "due_at": extension.due_at and extension.due_at.isoformat(),
        "closes_at": extension.closes_at and extension.closes_at.isoformat(),
        "extra_attempts": extension.extra_attempts,
        "reason": extension.reason,
    }
    subject = f"person:{extension.person_id}"
    audit.record(session, act, subject, actor_id=actor_id, course_id=course_id, detail=detail)
