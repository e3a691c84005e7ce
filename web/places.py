"""What an address names within a course: an assignment, one question of it; 404 where there is none."""

from __future__ import annotations

from flask import abort
from sqlalchemy import select
from sqlalchemy.sql.base import ExecutableOption

from grader.store.courses import Assignment, AssignmentItem, Course
from web.database import reading


def assignment_in(course: Course, slug: str) -> Assignment:
    """The assignment, whoever may see it: the caller has asked."""
    wanted = select(Assignment).where(Assignment.course_id == course.id, Assignment.slug == slug)
    found = reading().scalars(wanted).one_or_none()
    if found is None:
        abort(404)
    return found


def item_in(assignment: Assignment, slug: str, *also: ExecutableOption) -> AssignmentItem:
    """One question of the assignment, with what else is to be read at once."""
    wanted = select(AssignmentItem).where(AssignmentItem.assignment_id == assignment.id, AssignmentItem.slug == slug)
    found = reading().scalars(wanted.options(*also)).unique().one_or_none()
    if found is None:
        abort(404)
    return found
