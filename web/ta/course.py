"""The first page of the TA: every assignment, and what needs somebody."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from grader.clock import utc_now
from grader.services.dashboards.attention import counts_of_course, failed_runs
from grader.services.dashboards.scores import students_of
from grader.services.grades.regrade_requests import open_count
from web.database import reading
from web.standings import freshen_course
from web.ta import blueprint
from web.ta.find import course_for_scores
from web.ta.live import live_over

FAILED_SHOWN = 10


@blueprint.get("/c/<course_slug>/ta/")
def course(course_slug: str) -> ResponseReturnValue:
    """Assignments with their counts; what could not be graded and what awaits marking come first."""
    found = course_for_scores(course_slug)
    freshen_course(found.id)
    counts = counts_of_course(reading(), found.id)
    return render_template(
        "ta/course.html",
        course=found,
        counts=counts,
        attention=[row for row in counts if row.needs_attention],
        failed=failed_runs(reading(), found.id, limit=FAILED_SHOWN),
        failed_total=sum(row.failed for row in counts),
        students=len(students_of(reading(), found.id)),
        open_requests=open_count(reading(), found.id),
        live=live_over([row.assignment for row in counts], utc_now()),
    )
