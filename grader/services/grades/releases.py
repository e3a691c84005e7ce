"""Grades that students do not see for now: held back and released, for everybody or for single students.

What a hold takes away is decided in `grader.services.grading.results` and `grader.pipeline.feedback`; here is only
whose.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from grader.clock import utc_now
from grader.services.access import Verb
from grader.services.auditing import audit
from grader.services.edits import Changed, Faulty
from grader.store.courses import Assignment, Enrolment
from grader.store.database import remembered
from grader.store.decisions import GradeHold
from grader.store.words import CourseRole


@dataclass(frozen=True, slots=True)
class Holds:
    """The decisions of one assignment: everybody's, and those of single students, which go before it."""

    everybody: bool
    own: dict[int, bool]

    def is_held(self, person_id: int) -> bool:
        """Whether this student's grades are held back."""
        return self.own.get(person_id, self.everybody)


def is_held(session: Session, assignment_id: int, person_id: int) -> bool:
    """Whether the person's grades of the assignment are held back."""
    return assignment_id in held_among(session, [assignment_id], person_id)


def held_among(session: Session, assignment_ids: Collection[int], person_id: int) -> set[int]:
    """The assignments among these whose grades are held back from the person."""
    if not assignment_ids:
        return set()
    return remembered(
        session,
        ("held", tuple(sorted(assignment_ids)), person_id),
        lambda: _held_among(session, assignment_ids, person_id),
    )


def held_from(session: Session, assignment_ids: Collection[int], person_id: int, verbs: Collection[Verb]) -> set[int]:
    """The same for the person's own pages: nothing is held back from whoever sees everybody's results."""
    return set() if Verb.VIEW_ANY in verbs else held_among(session, assignment_ids, person_id)


def holds_of(session: Session, assignment_id: int) -> Holds:
    """Every decision of the assignment, for pages about a class."""
    rows = session.execute(
        select(GradeHold.person_id, GradeHold.is_held).where(GradeHold.assignment_id == assignment_id)
    ).all()
    everybody = any(is_held for person_id, is_held in rows if person_id is None)
    return Holds(everybody, {person_id: is_held for person_id, is_held in rows if person_id is not None})


def set_for_everybody(session: Session, assignment_id: int, *, held: bool, changed_by: int) -> bool:
    """Hold everybody's grades back, or release them; whether that changed anything.

    Students with a decision of their own keep it.
    """
    assignment = session.get_one(Assignment, assignment_id, with_for_update=True)
    row = session.scalars(
        select(GradeHold).where(GradeHold.assignment_id == assignment_id, GradeHold.person_id.is_(None))
    ).one_or_none()
    if (row is not None and row.is_held) == held:
        return False
    _write(session, row, assignment_id, None, held, changed_by)
    _flush(session)
    _record(session, assignment, held, changed_by, f"assignment:{assignment.id}", {})
    return True


def set_for_people(
    session: Session, assignment_id: int, person_ids: Collection[int], *, held: bool, changed_by: int
) -> int:
    """The same for single students, whatever holds for everybody; how many that changed. Raises Faulty (people)."""
    assignment = session.get_one(Assignment, assignment_id, with_for_update=True)
    wanted = set(person_ids)
    _check_students(session, assignment.course_id, wanted)
    rows = _own_rows(session, assignment_id, wanted)
    changed = 0
    for person_id in sorted(wanted):
        row = rows.get(person_id)
        if row is not None and row.is_held == held:
            continue
        _write(session, row, assignment_id, person_id, held, changed_by)
        _record(session, assignment, held, changed_by, f"person:{person_id}", {"assignment": assignment_id})
        changed += 1
    _flush(session)
    return changed


def follow_everybody(session: Session, assignment_id: int, person_ids: Collection[int], *, changed_by: int) -> int:
    """Take these students' own decisions away, so that they see what everybody sees; how many had one."""
    assignment = session.get_one(Assignment, assignment_id, with_for_update=True)
    rows = _own_rows(session, assignment_id, person_ids)
    everybody = holds_of(session, assignment_id).everybody
    session.execute(delete(GradeHold).where(GradeHold.id.in_([row.id for row in rows.values()])))
    for person_id in sorted(rows):
        detail = {"assignment": assignment_id, "as_everybody": True}
        _record(session, assignment, everybody, changed_by, f"person:{person_id}", detail)
    session.flush()
    return len(rows)


def _held_among(session: Session, assignment_ids: Collection[int], person_id: int) -> set[int]:
    rows = session.execute(
        select(GradeHold.assignment_id, GradeHold.person_id, GradeHold.is_held).where(
            GradeHold.assignment_id.in_(assignment_ids),
            or_(GradeHold.person_id == person_id, GradeHold.person_id.is_(None)),
        )
    ).all()
    own = {assignment_id: is_held for assignment_id, whose, is_held in rows if whose is not None}
    return {assignment_id for assignment_id, _, is_held in rows if own.get(assignment_id, is_held)}


def _own_rows(session: Session, assignment_id: int, person_ids: Collection[int]) -> dict[int, GradeHold]:
    found = session.scalars(
        select(GradeHold).where(GradeHold.assignment_id == assignment_id, GradeHold.person_id.in_(person_ids))
    )
    return {row.person_id: row for row in found if row.person_id is not None}


def _write(
    session: Session,
    row: GradeHold | None,
    assignment_id: int,
    person_id: int | None,
    held: bool,
    changed_by: int,
) -> None:
    if row is None:
        row = GradeHold(assignment_id=assignment_id, person_id=person_id)
        session.add(row)
    row.is_held, row.changed_by, row.changed_at = held, changed_by, utc_now()


def _flush(session: Session) -> None:
    try:
        session.flush()
    except IntegrityError as error:
        raise Changed from error


def _check_students(session: Session, course_id: int, person_ids: Collection[int]) -> None:
    if not person_ids:
        raise Faulty({"people": "Choose at least one student."})
    found = session.scalars(
        select(Enrolment.person_id).where(
            Enrolment.course_id == course_id,
            Enrolment.person_id.in_(person_ids),
            Enrolment.role == CourseRole.STUDENT,
        )
    )
    if set(found) != set(person_ids):
        raise Faulty({"people": "One of these people is not a student of this course. Choose again."})


def _record(
    session: Session, assignment: Assignment, held: bool, actor_id: int, subject: str, detail: dict[str, Any]
) -> None:
    act = "grades.held" if held else "grades.released"
    audit.record(session, act, subject, actor_id=actor_id, course_id=assignment.course_id, detail=detail)
