"""One question over the class, and one student's submissions of it."""

from __future__ import annotations

from typing import Any

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from grader.services.attention import failed_runs
from grader.services.grades import grades_of_person, item_max_score
from grader.services.item_scores import Show, case_figures, distribution, submissions_at, verdict_counts
from grader.services.windows import window_of
from grader.store.words import Counting
from web.database import reading
from web.search import sought
from web.ta import blueprint
from web.ta.cells import cell_of, percent
from web.ta.find import item_for_scores, member
from web.ta.histogram import bars


@blueprint.get("/c/<course_slug>/ta/a/<assignment_slug>/<item_slug>/")
def item(course_slug: str, assignment_slug: str, item_slug: str) -> ResponseReturnValue:
    """How scores lie, which verdicts and diagnoses there were, what failed, and every submission."""
    course, found = item_for_scores(course_slug, assignment_slug, item_slug)
    session = reading()
    text = sought(request.args.get("q", ""))
    show = request.args.get("show", Show.ALL, type=Show)
    address: dict[str, Any] = dict(request.view_args or {})
    verdicts = verdict_counts(session, found.id)
    spread = distribution(session, found)
    return render_template(
        "ta/item.html",
        course=course,
        assignment=found.assignment,
        item=found,
        version=found.question.live_version,
        max_score=item_max_score(found),
        spread=spread,
        bars=bars(spread),
        verdicts=verdicts,
        verdicts_total=sum(count for _, count in verdicts),
        cases=case_figures(session, found.id),
        failed=failed_runs(session, course.id, item_id=found.id),
        listing=submissions_at(session, found.id, text=text, show=show, page=request.args.get("page", 1, type=int)),
        text=text,
        show=show,
        shows=list(Show),
        page_url=lambda page: (
            url_for("ta.item", **address, q=text or None, show=show.value, page=page) + "#submissions"
        ),
        percent=percent,
    )


@blueprint.get("/c/<course_slug>/ta/a/<assignment_slug>/<item_slug>/people/<int(max=2147483647):person_id>/")
def cell(course_slug: str, assignment_slug: str, item_slug: str, person_id: int) -> ResponseReturnValue:
    """Everything that one student handed in for the question, and how the grade comes about."""
    course, found = item_for_scores(course_slug, assignment_slug, item_slug)
    person, enrolment = member(course, person_id)
    grade = grades_of_person(reading(), found.assignment_id, person_id).get(found.id)
    if grade is None:
        abort(404)
    return render_template(
        "ta/cell.html",
        course=course,
        assignment=found.assignment,
        item=found,
        version=found.question.live_version,
        person=person,
        enrolment=enrolment,
        grade=grade,
        cell=cell_of(grade),
        window=window_of(reading(), found, person_id),
        counts_best=found.assignment.counting is Counting.BEST,
        listing=submissions_at(reading(), found.id, person_id=person_id, with_prechecks=True, page_size=500),
    )
