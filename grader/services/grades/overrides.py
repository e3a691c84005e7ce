"""Points that a person sets for one student and question, with a reason that the student reads.

They are the item's points, after lateness, and stand until they are taken back, whatever is handed in or graded anew.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, aliased

from grader.clock import utc_now
from grader.services.auditing import audit
from grader.services.edits import Changed, Faulty, digest_of
from grader.services.grades.grades import ItemGrade, grades_of_person, item_max_score
from grader.services.grades.standings import touch
from grader.services.refusals import Reason, Refused
from grader.store.courses import Assignment, AssignmentItem, Enrolment
from grader.store.decisions import Override
from grader.store.people import Person
from grader.store.words import CourseRole

MAX_REASON_CHARS = 2000


@dataclass(frozen=True, slots=True)
class Preview:
    """What an override would do to one grade; `digest` stands for the grade that its author looked at."""

    before: ItemGrade
    override: Override | None  # that is in force
    points: float
    digest: str

    @property
    def changes_nothing(self) -> bool:
        """Whether the points are those that count already by hand."""
        return self.override is not None and self.override.points == self.points


@dataclass(frozen=True, slots=True)
class Live:
    """One override in force, with all that a list names."""

    override: Override
    item: AssignmentItem
    person: Person
    setter: Person


def clean_reason(reason: str) -> str:
    """The reason as it is kept; the same however it came in."""
    return reason.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").strip()


def faults_of(item: AssignmentItem, points: float | None, reason: str) -> dict[str, str]:
    """What is wrong with an override, by field: points and reason."""
    errors = {}
    most = item_max_score(item)
    if points is None or not math.isfinite(points):
        errors["points"] = f"Write a number from 0 to {most:.10g}."
    elif not 0 <= points <= most:
        errors["points"] = f"Points here go from 0 to {most:.10g}."
    if not clean_reason(reason):
        errors["reason"] = "Say why: the student reads it beside the grade."
    elif len(clean_reason(reason)) > MAX_REASON_CHARS:
        errors["reason"] = f"A reason has {MAX_REASON_CHARS:,} characters at most."
    return errors


def preview(session: Session, item: AssignmentItem, person_id: int, points: float) -> Preview:
    """The grade as it is, beside what it would become."""
    before = grades_of_person(session, item.assignment_id, person_id)[item.id]
    live = live_override(session, item.id, person_id)
    return Preview(before, live, points, seen_digest(before, live))


def seen_digest(grade: ItemGrade, live: Override | None) -> str:
    """Changes whenever the grade or the override does."""
    return digest_of((grade.score, grade.submission_id, grade.state, live and (live.id, live.points, live.reason)))


def set_points(
    session: Session,
    item_id: int,
    person_id: int,
    *,
    points: float,
    reason: str,
    set_by: int,
    seen: str | None = None,
    now: dt.datetime | None = None,
) -> Override:
    """Set the student's points for the item; an override that was in force is revoked. Asked twice, it is set once.

    `seen` is the `digest` of the preview that was looked at. Raises Faulty (points, reason, people) and Changed.
    """
    item = session.get_one(AssignmentItem, item_id, with_for_update=True)
    errors = faults_of(item, points, reason)
    assignment = session.get_one(Assignment, item.assignment_id)
    if not _is_student(session, assignment.course_id, person_id):
        errors["people"] = "This person is not a student of this course."
    if errors:
        raise Faulty(errors)
    reason = clean_reason(reason)
    old = live_override(session, item_id, person_id)
    if old is not None and (old.points, old.reason) == (points, reason):
        return old
    before = grades_of_person(session, item.assignment_id, person_id)[item_id]
    if seen is not None and seen != seen_digest(before, old):
        raise Changed
    now = now or utc_now()
    if old is not None:
        old.revoked_at = now
        session.flush()
    override = Override(
        item_id=item_id, person_id=person_id, points=points, reason=reason, set_by=set_by, created_at=now
    )
    session.add(override)
    try:
        session.flush()
    except IntegrityError as error:
        raise Changed from error
    touch(session, item_id, person_id)
    detail = {"item": item_id, "before": before.score, "points": points, "reason": reason}
    _record(session, "override.set", assignment, override, set_by, detail, now)
    return override


def revoke(session: Session, course_id: int, override_id: int, *, revoked_by: int) -> Override:
    """Take an override back: what was handed in counts again. Done twice, it is done once."""
    override = session.get(Override, override_id, with_for_update=True)
    assignment = None if override is None else _assignment_of(session, override.item_id)
    if override is None or assignment is None or assignment.course_id != course_id:
        raise Refused(Reason.NOT_FOUND, "There is no such override in this course.")
    if override.revoked_at is not None:
        return override
    override.revoked_at = utc_now()
    session.flush()
    touch(session, override.item_id, override.person_id)
    detail = {"item": override.item_id, "points": override.points}
    _record(session, "override.revoked", assignment, override, revoked_by, detail, override.revoked_at)
    return override


def live_override(session: Session, item_id: int, person_id: int) -> Override | None:
    """The override in force, if there is one."""
    return session.scalars(
        select(Override).where(
            Override.item_id == item_id, Override.person_id == person_id, Override.revoked_at.is_(None)
        )
    ).one_or_none()


def live_overrides(session: Session, assignment_id: int, *, person_id: int | None = None) -> list[Live]:
    """Those of an assignment, or of one person in it, by name of the student and place of the question."""
    setter = aliased(Person)
    found = (
        select(Override, AssignmentItem, Person, setter)
        .join(AssignmentItem, AssignmentItem.id == Override.item_id)
        .join(Person, Person.id == Override.person_id)
        .join(setter, setter.id == Override.set_by)
        .where(AssignmentItem.assignment_id == assignment_id, Override.revoked_at.is_(None))
        .order_by(Person.name, Person.login, AssignmentItem.position, Override.id)
    )
    if person_id is not None:
        found = found.where(Override.person_id == person_id)
    return [Live(*row) for row in session.execute(found)]


def _is_student(session: Session, course_id: int, person_id: int) -> bool:
    """Also one who has left: grades outlive enrolments."""
    return (
        session.scalar(
            select(Enrolment.id).where(
                Enrolment.course_id == course_id,
                Enrolment.person_id == person_id,
                Enrolment.role == CourseRole.STUDENT,
            )
        )
        is not None
    )


def _assignment_of(session: Session, item_id: int) -> Assignment:
    return session.scalars(select(Assignment).join(AssignmentItem).where(AssignmentItem.id == item_id)).one()


def _record(
    session: Session,
    act: str,
    assignment: Assignment,
    override: Override,
    actor_id: int,
    detail: Mapping[str, object],
    now: dt.datetime,
) -> None:
    subject = f"person:{override.person_id}"
    whole = {"assignment": assignment.id, **detail}
    audit.record(session, act, subject, actor_id=actor_id, course_id=assignment.course_id, detail=whole, now=now)
