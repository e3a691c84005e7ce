"""One student over all assignments of the course."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from grader.services.courses.extensions import live_extensions
from grader.services.dashboards.scores import grades_over_course
from web.database import reading
from web.ta import blueprint
from web.ta.cells import cell_of
from web.ta.find import course_for_scores, member


@blueprint.get("/c/<course_slug>/ta/people/<int(max=2147483647):person_id>/")
def person(course_slug: str, person_id: int) -> ResponseReturnValue:
    """Every grade, with the extensions in force."""
    course = course_for_scores(course_slug)
    found, enrolment = member(course, person_id)
    grades = grades_over_course(reading(), course.id, person_id)
    return render_template(
        "ta/person.html",
        course=course,
        person=found,
        enrolment=enrolment,
        assignments=[
            {
                "assignment": assignment,
                "items": [(item, grade, cell_of(grade)) for item, grade in items],
                "score": sum(grade.score or 0.0 for _, grade in items if grade is not None),
                "max_score": sum(grade.max_score for _, grade in items if grade is not None),
                "is_touched": any(grade is not None and grade.state != "none" for _, grade in items),
            }
            for assignment, items in grades
        ],
        extensions=live_extensions(reading(), course.id, person_id=person_id),
    )
