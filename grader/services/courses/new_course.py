"""Making a course. Only whoever runs the grader does it; its staff do the rest on the site."""

from __future__ import annotations

import re

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from grader.clock import utc_now
from grader.services.auditing import audit
from grader.services.people.accounts import name_from, time_zone_from
from grader.services.refusals import Reason, Refused
from grader.store.courses import Course, Enrolment
from grader.store.people import Person
from grader.store.words import CourseRole

SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
MAX_TERM = 64


def create_course(
    session: Session,
    slug: str,
    title: str,
    *,
    term: str = "",
    time_zone: str = "UTC",
    staff: Person | None = None,
    actor_id: int | None = None,
) -> Course:
    """A new, empty course; `staff` may do everything in it. Refuses a name in addresses that is taken."""
    if not SLUG.fullmatch(slug):
        raise Refused(Reason.INVALID, "The name of a course in addresses has a–z, digits and - (ml-2026, say).")
    if len(term) > MAX_TERM:
        raise Refused(Reason.INVALID, f"The term has at most {MAX_TERM} characters.")
    course = Course(
        slug=slug,
        title=name_from(title),
        term=name_from(term) if term.strip() else "",
        time_zone=time_zone_from(time_zone) or "UTC",
        created_at=utc_now(),
    )
    try:
        with session.begin_nested():
            session.add(course)
    except IntegrityError as error:
        raise Refused(Reason.CONFLICT, f"There is a course {slug} already.") from error
    if staff is not None:
        session.add(
            Enrolment(course_id=course.id, person_id=staff.id, role=CourseRole.STAFF, created_at=course.created_at)
        )
    detail = {"slug": slug, "staff": staff.login if staff is not None else None}
    audit.record(
        session, "course.created", f"course:{course.id}", actor_id=actor_id, course_id=course.id, detail=detail
    )
    return course
