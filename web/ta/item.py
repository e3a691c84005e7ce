"""One question over the class, and one student's submissions of it."""

from __future__ import annotations

from typing import Any

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from grader.clock import utc_now
from grader.services.courses.windows import window_of
from grader.services.dashboards.attention import failed_runs
from grader.services.dashboards.item_scores import Figure, groups, headline, students_at, students_in
from grader.services.dashboards.item_submissions import submissions_at
from grader.services.grades.grades import grades_of_person, item_max_score
from grader.store.words import Counting
from web.database import reading
from web.ta import blueprint
from web.ta.cells import cell_of, percent
from web.ta.find import item_for_scores, member
from web.ta.item_charts import attempts_chart, score_chart, times_chart
from web.ta.kept import figures_for
from web.ta.live import AT_ONCE_S, Live, clock_time, live_over
from web.ta.wanted import SHOWS, wanted_list


@blueprint.get("/c/<course_slug>/ta/a/<assignment_slug>/<item_slug>/")
def item(course_slug: str, assignment_slug: str, item_slug: str) -> ResponseReturnValue:
    """What the class makes of the question, figure by figure; each leads to the list below of what is behind it."""
    course, found = item_for_scores(course_slug, assignment_slug, item_slug)
    session = reading()
    wanted = wanted_list(request.args)
    page = request.args.get("page", 1, type=int)
    address: dict[str, Any] = dict(request.view_args or {})

    def list_url(**arguments: Any) -> str:
        return url_for("ta.item", **address, **arguments) + "#submissions"

    students = students_at(session, found)
    figures, is_right = figures_for(found.id, sum(student.attempts for student in students))
    live = live_over([found.assignment], utc_now())
    if figures is None:
        live = Live(live.as_of, AT_ONCE_S)
    listing = people = None
    if wanted.group:
        people = students_in(students, *wanted.group, text=wanted.text, page=page)
    else:
        listing = submissions_at(session, found.id, text=wanted.text, show=wanted.show, behind=wanted.behind, page=page)
    return render_template(
        "ta/item.html",
        course=course,
        assignment=found.assignment,
        item=found,
        version=found.question.live_version,
        max_score=item_max_score(found),
        live=live,
        head=headline(students),
        states={group.key: group for group in groups(Figure.STATE, students)},
        charts=_charts(students, list_url, has_deadline=any(student.due_at for student in students)),
        figures=figures,
        figures_as_of=None if figures is None or is_right else clock_time(figures.computed_at),
        failed=failed_runs(session, course.id, item_id=found.id),
        listing=listing,
        people=people,
        wanted=wanted,
        shows=SHOWS,
        list_url=list_url,
        page_url=lambda number: list_url(**wanted.arguments, page=number),
        percent=percent,
    )


def _charts(students: Any, list_url: Any, *, has_deadline: bool) -> list[Any]:
    charts = [score_chart(students, list_url), attempts_chart(students, list_url)]
    if has_deadline:
        charts.append(times_chart(students, list_url))
    return charts


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
