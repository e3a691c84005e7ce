"""What a class gets wrong: the mistakes that students share, of one question, of an assignment, of a course."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from grader.services.mistakes.mistakes import assignments_of, items_of, largest_mistakes, mistakes_of_item
from grader.store.courses import Assignment, Course
from web.database import reading
from web.standings import freshen_course
from web.ta import blueprint
from web.ta.find import assignment_for_scores, course_for_scores, item_for_scores


@blueprint.get("/c/<course_slug>/ta/mistakes")
def course_mistakes(course_slug: str) -> ResponseReturnValue:
    """The largest over all questions of the course."""
    course = course_for_scores(course_slug)
    freshen_course(course.id)
    return _largest(course, None)


@blueprint.get("/c/<course_slug>/ta/a/<assignment_slug>/mistakes")
def assignment_mistakes(course_slug: str, assignment_slug: str) -> ResponseReturnValue:
    """The largest over all questions of the assignment."""
    course, found = assignment_for_scores(course_slug, assignment_slug)
    return _largest(course, found)


@blueprint.get("/c/<course_slug>/ta/a/<assignment_slug>/<item_slug>/mistakes")
def item_mistakes(course_slug: str, assignment_slug: str, item_slug: str) -> ResponseReturnValue:
    """Every mistake of one question that students share; those that are each on their own are folded away."""
    course, item = item_for_scores(course_slug, assignment_slug, item_slug)
    return render_template(
        "ta/item_mistakes.html",
        course=course,
        assignment=item.assignment,
        item=item,
        version=item.question.live_version,
        found=mistakes_of_item(reading(), item.id),
    )


def _largest(course: Course, only: Assignment | None) -> ResponseReturnValue:
    assignments = assignments_of(reading(), course.id) if only is None else [only]
    ids = [assignment.id for assignment in assignments]
    return render_template(
        "ta/mistakes.html",
        course=course,
        assignment=only,
        assignments=assignments,
        clusters=largest_mistakes(reading(), ids),
        items=items_of(reading(), ids),
    )
