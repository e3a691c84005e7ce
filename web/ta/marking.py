"""How far marking is: of a course, of an assignment with what markers disagree about, and of one question."""

from __future__ import annotations

from itertools import groupby

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from grader.clock import utc_now
from grader.services.access import Verb
from grader.services.marking.disagreements import disagreements, strictness
from grader.services.marking.marking import settle_by_mean
from grader.services.marking.marking_queue import (
    Progress,
    Totals,
    code_of,
    is_marked,
    marked_items,
    progress,
    queue,
    totals,
)
from grader.services.marking.marking_rules import set_marking_rules
from web.back import refusals_go_back
from web.database import reading, transaction
from web.login import allowed, current_person
from web.ta import blueprint
from web.ta.marking_find import answer_url, assignment_to_mark, course_to_mark, item_to_mark, item_url

PAGE = 100  # answers in a list


@blueprint.get("/c/<course_slug>/ta/marking/")
def marking(course_slug: str) -> ResponseReturnValue:
    """Every question that people mark, with how far it is."""
    course = course_to_mark(course_slug)
    rows = progress(reading(), marked_items(reading(), course.id), current_person().id)
    return render_template(
        "ta/marking.html",
        course=course,
        assignments=[(assignment, list(of)) for assignment, of in groupby(rows, lambda row: row.item.assignment)],
        total=_sums(rows),
    )


@blueprint.get("/c/<course_slug>/ta/marking/<assignment_slug>/")
def marking_assignment(course_slug: str, assignment_slug: str) -> ResponseReturnValue:
    """How far each question of one assignment is, what markers disagree about, and how it is marked."""
    course, assignment = assignment_to_mark(course_slug, assignment_slug)
    session, me = reading(), current_person()
    items = marked_items(session, course.id, assignment.id)
    rows = progress(session, items, me.id)
    found = disagreements(session, items) if assignment.markers_wanted == 2 else []
    return render_template(
        "ta/marking_assignment.html",
        course=course,
        assignment=assignment,
        rows=rows,
        total=_sums(rows),
        open=[one for one in found if one.settled is None],
        settled=[one for one in found if one.settled is not None],
        markers=strictness(session, items) if assignment.markers_wanted == 2 else [],
        url_of=lambda one: answer_url(course, one.item, code_of(one.item.id, me.id, one.submission_id)),
        code_of=lambda one: code_of(one.item.id, me.id, one.submission_id)[:4],
    )


def _to_assignment(course_slug: str, assignment_slug: str) -> str:
    return url_for("ta.marking_assignment", course_slug=course_slug, assignment_slug=assignment_slug)


@blueprint.post("/c/<course_slug>/ta/marking/<assignment_slug>/rules")
@refusals_go_back(_to_assignment)
def marking_rules(course_slug: str, assignment_slug: str) -> ResponseReturnValue:
    """With names or without, one marker or two: for those who edit assignments."""
    _, assignment = assignment_to_mark(course_slug, assignment_slug, Verb.EDIT_ASSIGNMENTS)
    with transaction() as session:
        set_marking_rules(
            session,
            assignment.id,
            is_marked_blind="is_marked_blind" in request.form,
            markers_wanted=request.form.get("markers_wanted", 0, type=int),
            actor_id=current_person().id,
        )
    flash("Saved. What counts was derived anew.", "good")
    return redirect(_to_assignment(course_slug, assignment_slug), 303)


@blueprint.post("/c/<course_slug>/ta/marking/<assignment_slug>/mean")
@refusals_go_back(_to_assignment)
def marking_mean(course_slug: str, assignment_slug: str) -> ResponseReturnValue:
    """Settle what markers disagree about by the mean of their points: what lies no further apart than asked for."""
    course, assignment = assignment_to_mark(course_slug, assignment_slug)
    most = request.form.get("apart", 0.0, type=float)
    items = marked_items(reading(), course.id, assignment.id)
    found = [one for one in disagreements(reading(), items) if one.settled is None and one.apart <= most]
    with transaction() as session:
        for one in sorted(found, key=lambda one: one.submission_id):
            settle_by_mean(session, one.submission_id, actor_id=current_person().id, now=utc_now())
    flash(f"{len(found)} settled by the mean." if found else "None is that close: nothing was settled.", "good")
    return redirect(_to_assignment(course_slug, assignment_slug), 303)


@blueprint.get("/c/<course_slug>/ta/marking/<assignment_slug>/<item_slug>/")
def marking_item(course_slug: str, assignment_slug: str, item_slug: str) -> ResponseReturnValue:
    """Every answer to one question, and where to go on."""
    course, item = item_to_mark(course_slug, assignment_slug, item_slug)
    found = queue(reading(), item, current_person().id) if is_marked(item) else None
    begin = None if found is None else found.next_to_mark()
    entries = () if found is None else found.entries
    pages = max(1, -(-len(entries) // PAGE))
    page = min(max(1, request.args.get("page", 1, type=int)), pages)
    return render_template(
        "ta/marking_item.html",
        course=course,
        assignment=item.assignment,
        item=item,
        version=item.question.live_version,
        queue=found,
        entries=entries[(page - 1) * PAGE : page * PAGE],
        listing={"page": page, "pages": pages},
        page_url=lambda number: f"{item_url(course, item)}?page={number}",
        row=progress(reading(), [item], current_person().id)[0],
        begin=None if begin is None else answer_url(course, item, begin.code),
        url_of=lambda code: answer_url(course, item, code),
    )


@blueprint.get("/c/<course_slug>/ta/marking/<assignment_slug>/<item_slug>/next")
def marking_next(course_slug: str, assignment_slug: str, item_slug: str) -> ResponseReturnValue:
    """To the next answer that the person is to mark, or to the list when there is none."""
    course, item = item_to_mark(course_slug, assignment_slug, item_slug)
    begin = queue(reading(), item, current_person().id).next_to_mark()
    return redirect(item_url(course, item) if begin is None else answer_url(course, item, begin.code), 303)


def _sums(rows: list[Progress]) -> Totals:
    """Over several questions."""
    return Totals(
        answers=sum(row.answers for row in rows),
        marked=sum(row.marked for row in rows),
        differing=sum(row.differing for row in rows),
    )


def marking_totals(course_id: int, assignment_id: int | None = None) -> Totals | None:
    """For the TA's other pages: how far marking is there; None for who may not mark, or where nobody marks anything."""
    if not allowed(Verb.MARK, course_id):
        return None
    found = totals(reading(), marked_items(reading(), course_id, assignment_id))
    return found if found.answers else None


blueprint.add_app_template_global(marking_totals)
