"""One regrade: how far it is, what it would change, and the decision."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from grader.services.access import Verb
from grader.services.csv_text import csv_text
from grader.services.regrades import regrades as service
from grader.services.regrades.regrade_review import BINS, Move, Outlook, Review, Row, case_moves, cases_of, review
from grader.store.courses import Course
from grader.store.people import Person
from grader.store.regrades import Regrade
from grader.store.words import RegradeState
from web.back import refusals_go_back
from web.charts import Chart, Kind, counted
from web.charts import Row as ChartRow
from web.database import forget_reading, reading, transaction
from web.login import allowed, course_for, current_person, require
from web.staff import blueprint
from web.staff.regrades import SCOPES, STATES

PAGE = 50
REFRESH_S = 3
MOVES = {
    Move.UP: ("up", "Goes up"),
    Move.DOWN: ("down", "Goes down"),
    Move.SAME: ("same", "Stays"),
    Move.FAILED: ("failed", "Could not be graded"),
    Move.REPLACED: ("replaced", "Has another result meanwhile"),
    Move.WAITING: ("waiting", "No second result yet"),
}


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of the rows that a filter leaves."""

    rows: Sequence[Row]
    total: int
    page: int
    pages: int


def _address(course_slug: str, regrade_id: int) -> str:
    return url_for("staff.regrade", course_slug=course_slug, regrade_id=regrade_id)


@blueprint.get("/c/<course_slug>/staff/regrades/<int(max=2147483647):regrade_id>/")
def regrade(course_slug: str, regrade_id: int) -> ResponseReturnValue:
    """Progress while it is graded; then who moves, from what to what, by which case."""
    course, found = regrade_for(course_slug, regrade_id)
    session = reading()
    is_graded = found.state is not RegradeState.GRADING
    shown = review(session, found) if is_graded else None
    wanted = request.args.get("move", "")
    listing = None if shown is None else _listing(shown.rows, wanted, request.args.get("page", 1, type=int))
    return render_template(
        "staff/regrade.html",
        course=course,
        regrade=found,
        item=found.item,
        progress=service.progress_among(session, [found.id])[found.id],
        states=STATES,
        scopes=SCOPES,
        state=found.state,
        is_busy=found.state in (RegradeState.GRADING, *service.APPLYING),
        is_undecided=found.state in service.UNDECIDED,
        refresh_s=REFRESH_S,
        review=shown,
        chart_of_grades=None if shown is None else _chart(shown, found.state),
        case_moves=[] if shown is None else case_moves(session, shown.rows),
        cases={} if listing is None else cases_of(session, listing.rows),
        listing=listing,
        moves=MOVES,
        wanted=wanted,
        since=len(service.takes(session, found)) if found.state is RegradeState.READY else 0,
        author=session.get(Person, found.created_by),
        decider=session.get(Person, found.decided_by) if found.decided_by is not None else None,
        is_live_version=found.item.question.live_version_id == found.version_id,
    )


@blueprint.get("/c/<course_slug>/staff/regrades/<int(max=2147483647):regrade_id>/decide")
def confirm_regrade(course_slug: str, regrade_id: int) -> ResponseReturnValue:
    """The decision once more, in numbers; ?how= all, upwards or drop."""
    course, found = regrade_for(course_slug, regrade_id)
    how = request.args.get("how", "")
    if how not in ("all", "upwards", "drop"):
        abort(404)
    if found.state not in service.UNDECIDED or (how != "drop" and found.state is not RegradeState.READY):
        return redirect(_address(course_slug, regrade_id), 303)
    shown = review(reading(), found)
    return render_template(
        "staff/regrade_confirm.html",
        course=course,
        regrade=found,
        item=found.item,
        how=how,
        review=shown,
        Move=Move,
        digest=service.result_digest(reading(), found.id),
        outlook=shown.upwards if how == "upwards" else shown.applied,
        is_live_version=found.item.question.live_version_id == found.version_id,
        may_publish=allowed(Verb.EDIT_QUESTIONS, course.id),
        since=len(service.takes(reading(), found)),
    )


@blueprint.post("/c/<course_slug>/staff/regrades/<int(max=2147483647):regrade_id>/decide")
@refusals_go_back(_address)
def decide_regrade(course_slug: str, regrade_id: int) -> ResponseReturnValue:
    """Apply it, or drop it."""
    course, found = regrade_for(course_slug, regrade_id)
    how, actor_id = request.form.get("how", ""), current_person().id
    make_live = "make_live" in request.form
    if make_live:
        require(Verb.EDIT_QUESTIONS, course.id)
    with transaction() as session:
        if how == "drop":
            service.drop(session, course.id, found.id, actor_id=actor_id)
        elif how in ("all", "upwards"):
            service.apply(
                session,
                course.id,
                found.id,
                upwards=how == "upwards",
                make_live=make_live,
                digest=request.form.get("digest", ""),
                actor_id=actor_id,
            )
        else:
            abort(400)
    flash("Dropped. No grade has changed." if how == "drop" else "It is being applied.", "good")
    return redirect(_address(course_slug, regrade_id), 303)


@blueprint.post("/c/<course_slug>/staff/regrades/<int(max=2147483647):regrade_id>/join")
@refusals_go_back(_address)
def join_regrade(course_slug: str, regrade_id: int) -> ResponseReturnValue:
    """Take what was handed in since as well."""
    course, found = regrade_for(course_slug, regrade_id)
    with transaction() as session:
        joined = service.join(session, course.id, found.id, actor_id=current_person().id)
    forget_reading()
    flash(f"{joined} more to grade." if joined else "Nothing was handed in since that this regrade would take.", "good")
    return redirect(_address(course_slug, regrade_id), 303)


@blueprint.get("/c/<course_slug>/staff/regrades/<int(max=2147483647):regrade_id>/regrade.csv")
def regrade_csv(course_slug: str, regrade_id: int) -> ResponseReturnValue:
    """Every submission with both results."""
    _, found = regrade_for(course_slug, regrade_id)
    rows = review(reading(), found).rows
    cases: dict[int, list[str]] = {}
    for start in range(0, len(rows), 500):
        cases |= cases_of(reading(), rows[start : start + 500])
    head = ("login", "name", "attempt", "submission", "move", "verdict before", "points before", "verdict after")
    more = ("points after", "grade before", "grade after", "now right", "now wrong", "applied")
    lines = [
        (
            *(row.login, row.name, row.attempt, row.submission_id, MOVES[row.move][0]),
            *(row.before.verdict and row.before.verdict.value, row.before.points),
            *(row.after.verdict and row.after.verdict.value, row.after.points),
            *(row.grade_before, row.grade_after),
            *(", ".join(name[1:] for name in cases[row.submission_id] if name[0] == sign) for sign in "+-"),
            "yes" if row.is_applied else "no",
        )
        for row in rows
    ]
    answer = Response(csv_text([(*head, *more), *lines]), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="regrade-{found.id}.csv"'
    return answer


def regrade_for(course_slug: str, regrade_id: int) -> tuple[Course, Regrade]:
    """The regrade for somebody who may decide about it; 404 for any other."""
    course = course_for(course_slug, Verb.REGRADE)
    found = reading().get(Regrade, regrade_id)
    if found is None or found.course_id != course.id:
        abort(404)
    return course, found


def _listing(rows: list[Row], wanted: str, page: int) -> Listing:
    order = list(Move)
    if wanted in set(Move):
        kept = [row for row in rows if row.move == wanted]
    else:
        kept = sorted(rows, key=lambda row: order.index(row.move))
    pages = max(1, -(-len(kept) // PAGE))
    at = min(max(page, 1), pages)
    return Listing(kept[(at - 1) * PAGE : at * PAGE], len(kept), at, pages)


def _chart(shown: Review, state: RegradeState) -> Chart:
    series: list[tuple[str, Outlook]] = [("before", shown.before), ("applied to all", shown.applied)]
    if state in (RegradeState.APPLYING_UPWARDS, RegradeState.APPLIED_UPWARDS):
        series = [("before", shown.before), ("upwards only", shown.upwards)]
    elif shown.applied.down and state in service.UNDECIDED:
        series.append(("upwards only", shown.upwards))
    says = "; ".join(f"{name}: mean {_mean(outlook)}" for name, outlook in series)
    return Chart(
        kind=Kind.BARS,
        title="Grades before and after",
        says=f"Students by their share of full marks; {says}.",
        head="Share of full marks",
        series=tuple(name for name, _ in series),
        rows=tuple(
            ChartRow(label, tuple(counted(outlook.bins[number]) for _, outlook in series), short=label.split(" ")[0])
            for number, label in enumerate(BINS)
        ),
    )


def _mean(outlook: Outlook) -> str:
    return "–" if outlook.mean is None else f"{outlook.mean:.2f}"
