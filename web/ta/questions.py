"""The questions of an assignment beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from grader.clock import utc_now
from grader.services.dashboards.question_figures import Order, QuestionFigures, compared_questions
from web.charts import Chart, Kind, Row, share
from web.database import reading
from web.ta import blueprint
from web.ta.cells import look_of, percent
from web.ta.find import assignment_for_scores
from web.ta.live import live_over

COLUMNS = (
    (Order.PLACE, "Question", ""),
    (Order.FIRST_TRY, "First try right", "num"),
    (Order.SOLVED, "Solved", "num"),
    (Order.MEAN, "Mean score", "num"),
    (Order.ATTEMPTS, "Attempts until solved", "num"),
    (Order.TRIED, "Tried", "num"),
    (Order.WAITING, "Waiting", "num"),
    (Order.TO_MARK, "To mark", "num"),
)


@blueprint.get("/c/<course_slug>/ta/a/<assignment_slug>/questions")
def questions(course_slug: str, assignment_slug: str) -> ResponseReturnValue:
    """Which question is hard, which is not tried, which waits; sorted by any of it."""
    course, found = assignment_for_scores(course_slug, assignment_slug)
    order = request.args.get("sort", Order.PLACE, type=Order)
    compared = compared_questions(reading(), found.id, order)
    address: dict[str, Any] = dict(request.view_args or {})

    def item_url(question: QuestionFigures, **arguments: Any) -> str:
        anchor = "#submissions" if arguments else ""
        return url_for("ta.item", **address, item_slug=question.slug, **arguments) + anchor

    return render_template(
        "ta/questions.html",
        course=course,
        assignment=found,
        base=url_for("ta.assignment", **address),
        questions=compared,
        order=order,
        columns=COLUMNS,
        sort_url=lambda by: url_for("ta.questions", **address, sort=by.value if by is not Order.PLACE else None),
        item_url=item_url,
        chart=_chart(compared, item_url),
        live=live_over([found], utc_now()),
        look_of=look_of,
        percent=percent,
    )


def _chart(compared: Sequence[QuestionFigures], item_url: Any) -> Chart:
    tried = [question for question in compared if question.first_try_share is not None]
    hardest = min(tried, key=lambda question: question.first_try_share or 0, default=None)
    says = f"{len(compared)} questions by how many had them right at the first try and how many solved them."
    if hardest is not None:
        says += f" The lowest first-try rate is {percent(hardest.first_try_share)}, at {hardest.title}."
    return Chart(
        kind=Kind.DOTS,
        title="First try and solved",
        says=says,
        head="Question",
        series=("First try right", "Solved by the class"),
        rows=tuple(
            Row(
                question.title,
                (
                    share(question.first_try_share, item_url(question, who="first_try:full")),
                    share(question.solved_share, item_url(question, who="reached:full")),
                ),
                url=item_url(question),
            )
            for question in compared
        ),
        most=1,
    )
