"""The first page of the TA: every assignment, and what needs somebody."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from grader.services.attention import counts_of_course, failed_runs
from grader.services.scores import students_of
from web.database import reading
from web.ta import blueprint
from web.ta.find import course_for_scores

FAILED_SHOWN = 10


@blueprint.get("/c/<course_slug>/ta/")
def course(course_slug: str) -> ResponseReturnValue:
    """Assignments with their counts; what could not be graded and what awaits marking come first."""
    found = course_for_scores(course_slug)
    counts = counts_of_course(reading(), found.id)
    return render_template(
        "ta/course.html",
        course=found,
        counts=counts,
        attention=[row for row in counts if row.needs_attention],
        failed=failed_runs(reading(), found.id, limit=FAILED_SHOWN),
        failed_total=sum(row.failed for row in counts),
        students=len(students_of(reading(), found.id)),
    )
