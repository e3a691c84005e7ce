"""What pages over a class read is derived anew where something changed since, before they read it."""

from __future__ import annotations

from sqlalchemy import select

from grader.services.standings import refresh, stale_among
from grader.store.courses import Assignment
from web.database import reading, transaction


def freshen(*assignment_ids: int) -> None:
    """Derive anew what changed in these assignments."""
    stale = stale_among(reading(), assignment_ids)
    for assignment_id in stale:
        with transaction() as session:
            refresh(session, assignment_id)
    if stale:
        reading().rollback()  # what was read is read again, and with it what was just written


def freshen_course(course_id: int) -> None:
    """The same in all assignments of a course."""
    freshen(*reading().scalars(select(Assignment.id).where(Assignment.course_id == course_id)))
