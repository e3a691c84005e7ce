"""The assignment, question or student that an address names, for whoever may see scores; 404 for any other."""

from __future__ import annotations

from flask import abort
from sqlalchemy import select

from grader.services.access import Verb
from grader.store.courses import Assignment, AssignmentItem, Course, Enrolment
from grader.store.people import Person
from web.database import reading
from web.login import course_for, require
from web.places import assignment_in, item_in
from web.standings import freshen


def assignment_for_scores(
    course_slug: str, assignment_slug: str, *, is_kept: bool = False
) -> tuple[Course, Assignment]:
    """For a dashboard: it shows everybody's submissions as well as scores, so both verbs are needed.

    `is_kept`: what it leads to is a file, which must be right however long that takes.
    """
    course = course_for_scores(course_slug)
    assignment = assignment_in(course, assignment_slug)
    freshen(assignment.id, however_much=is_kept)
    return course, assignment


def item_for_scores(course_slug: str, assignment_slug: str, item_slug: str) -> tuple[Course, AssignmentItem]:
    """One question of it."""
    course, assignment = assignment_for_scores(course_slug, assignment_slug)
    return course, item_in(assignment, item_slug)


def course_for_scores(course_slug: str) -> Course:
    """The course."""
    course = course_for(course_slug, Verb.VIEW_SCORES)
    require(Verb.VIEW_ANY, course.id)
    return course


def member(course: Course, person_id: int) -> tuple[Person, Enrolment]:
    """Somebody who is or was in the course."""
    enrolment = (
        reading()
        .scalars(select(Enrolment).where(Enrolment.course_id == course.id, Enrolment.person_id == person_id))
        .one_or_none()
    )
    if enrolment is None:
        abort(404)
    return enrolment.person, enrolment
