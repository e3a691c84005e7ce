"""Whom to ask how it is going: absent, stuck, and sudden jumps; of a course or of one assignment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from grader.clock import utc_now
from grader.services.dashboards.watch_list import BOUNDS, Thresholds, thresholds_of
from grader.services.dashboards.watch_list import watch_list as watched
from grader.store.courses import Assignment, Course
from web.database import reading
from web.standings import freshen
from web.ta import blueprint
from web.ta.find import assignment_for_scores, course_for_scores
from web.ta.live import live_over

# On the page of a course an assignment stays for so long after it was due.
RECENTLY = dt.timedelta(days=7)
LABELS = {
    "absent_h": "Absent: hours left, at most",
    "stuck": "Stuck: attempts since the best",
    "jump": "Jump: % in one step",
    "before": "Jump: attempts before it",
}


@blueprint.get("/c/<course_slug>/ta/watch")
def watch_list(course_slug: str) -> ResponseReturnValue:
    """Over the assignments that are open, or were due within the week."""
    course = course_for_scores(course_slug)
    now = utc_now()
    assignments = [one for one in _visible(course) if _is_current(one, now)]
    freshen(*(one.id for one in assignments))
    return _page(course, assignments, None, now)


@blueprint.get("/c/<course_slug>/ta/a/<assignment_slug>/watch", endpoint="watch_list_of")
def watch_list_of(course_slug: str, assignment_slug: str) -> ResponseReturnValue:
    """Of one assignment, whenever it was due."""
    course, found = assignment_for_scores(course_slug, assignment_slug)
    return _page(course, [found], found, utc_now())


def _page(
    course: Course, assignments: Sequence[Assignment], one: Assignment | None, now: dt.datetime
) -> ResponseReturnValue:
    thresholds = thresholds_of(request.args)
    address: dict[str, Any] = dict(request.view_args or {})
    endpoint = "ta.watch_list" if one is None else "ta.watch_list_of"
    return render_template(
        "ta/watch_list.html",
        course=course,
        assignment=one,
        assignments=assignments,
        base=None if one is None else url_for("ta.assignment", **address),
        found=watched(reading(), assignments, thresholds, now),
        thresholds=thresholds,
        is_usual=thresholds == Thresholds(),
        labels=LABELS,
        bounds=BOUNDS,
        here=url_for(endpoint, **address),
        live=live_over(assignments, now),
    )


def _visible(course: Course) -> list[Assignment]:
    wanted = select(Assignment).where(Assignment.course_id == course.id, Assignment.is_visible)
    return list(reading().scalars(wanted.order_by(Assignment.position, Assignment.id)))


def _is_current(assignment: Assignment, now: dt.datetime) -> bool:
    if assignment.opens_at is not None and now < assignment.opens_at:
        return False
    times = [at for at in (assignment.due_at, assignment.closes_at) if at is not None]
    return not times or now <= max(times) + RECENTLY
