"""Where somebody finds what there is to do: their courses, a course's assignments, an assignment's questions."""

from __future__ import annotations

from dataclasses import dataclass

from flask import g, render_template
from flask.typing import ResponseReturnValue

from grader.clock import utc_now
from grader.services.access import Verb
from grader.services.courses.courses import (
    Progress,
    assignment_at,
    courses_of,
    may_read,
    next_due,
    progress_in,
    progress_of,
    visible_assignments,
)
from grader.services.courses.windows import policy_sentences
from grader.services.grades.grades import NONE
from grader.store.courses import Course
from web.database import reading
from web.login import course_for, current_person, held_verbs
from web.student import blueprint


@dataclass(frozen=True, slots=True)
class CourseRow:
    """One course among those of somebody; `next` is what they have to hand in first."""

    course: Course
    verbs: frozenset[Verb]
    progress: list[Progress]
    next: Progress | None


@dataclass(frozen=True, slots=True)
class Following:
    """The question to go on with; `place` is its number in the list."""

    place: int
    slug: str
    title: str


@blueprint.url_value_preprocessor
def note_arrival(_endpoint: str | None, _values: dict[str, object] | None) -> None:
    """A submission is in time when its request is, however long the rest of it takes to come in."""
    g.arrived_at = utc_now()


@blueprint.get("/")
def home() -> ResponseReturnValue:
    """My courses, with what is due next in each."""
    session, person, now = reading(), current_person(), utc_now()
    rows = []
    for course in courses_of(session, person):
        verbs = held_verbs(session, person, course.id)
        progress = progress_in(session, visible_assignments(session, course.id, verbs), person.id, now, verbs)
        rows.append(CourseRow(course, verbs, progress, next_due(progress)))
    return render_template("student/home.html", rows=rows)


@blueprint.get("/c/<course_slug>/")
def course(course_slug: str) -> ResponseReturnValue:
    """The assignments of a course and how far the person has come in each."""
    course = course_for(course_slug, Verb.VIEW_COURSE)
    session, person, now = reading(), current_person(), utc_now()
    verbs = held_verbs(session, person, course.id)
    progress = progress_in(session, visible_assignments(session, course.id, verbs), person.id, now, verbs)
    return render_template(
        "student/course.html", course=course, progress=progress, verbs=verbs, next=next_due(progress)
    )


@blueprint.get("/c/<course_slug>/a/<assignment_slug>/")
def assignment(course_slug: str, assignment_slug: str) -> ResponseReturnValue:
    """The questions of an assignment, its times and rules, and the person's scores."""
    course = course_for(course_slug, Verb.VIEW_COURSE)
    session, person = reading(), current_person()
    verbs = held_verbs(session, person, course.id)
    found = assignment_at(session, course.id, assignment_slug, verbs)
    progress = progress_of(session, found, person.id, utc_now(), verbs)
    return render_template(
        "student/assignment.html",
        course=course,
        assignment=found,
        progress=progress,
        rows=list(zip(found.items, progress.grades, strict=True)),
        following=_following(progress),
        sentences=policy_sentences(found, progress.window),
        may_read=may_read(found, progress.state, verbs),
        verbs=verbs,
    )


def _following(progress: Progress) -> Following | None:
    """The first question without an attempt, where one can be made."""
    if not progress.is_open:
        return None
    for place, (item, grade) in enumerate(zip(progress.assignment.items, progress.grades, strict=True), start=1):
        version = item.question.live_version
        if version is not None and grade.state == NONE:
            return Following(place, item.slug, version.title)
    return None
