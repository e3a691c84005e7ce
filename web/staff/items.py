"""The questions of an assignment: which, in which order, for how many points."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from grader.services.courses import assignment_items as service
from grader.services.courses.assignment_items import ItemLine
from grader.services.edits import Changed, Faulty
from grader.services.questions.question_bank import entries
from grader.store.courses import Assignment, AssignmentItem, Course
from web.database import forget_reading, reading, transaction
from web.login import current_person
from web.search import sought
from web.staff import blueprint
from web.staff.assignments import assignment_for_editing
from web.staff.forms import Form, plain_number, row_id

MOVES = {"up": -1, "down": 1}
FOUND_SHOWN = 30


@blueprint.get("/c/<course_slug>/staff/assignments/<assignment_slug>/items")
def items(course_slug: str, assignment_slug: str) -> ResponseReturnValue:
    """The questions, and the bank to choose more from."""
    course, found = assignment_for_editing(course_slug, assignment_slug)
    return _page(course, found)


@blueprint.post("/c/<course_slug>/staff/assignments/<assignment_slug>/items")
def save_items(course_slug: str, assignment_slug: str) -> ResponseReturnValue:
    """Save points, attempts and order; `action` may also move or remove one question."""
    course, found = assignment_for_editing(course_slug, assignment_slug)
    form = Form.sent(request.form)
    order = [item_id for item_id in map(row_id, request.form.getlist("item")) if item_id is not None]
    verb, _, of = form.text("action").partition(":")
    chosen = row_id(of)
    if verb in MOVES and chosen in order:
        _move(order, chosen, MOVES[verb])
    lines = [
        ItemLine(item_id, form.number(f"points-{item_id}"), form.whole(f"attempts-{item_id}")) for item_id in order
    ]
    if form.errors:
        return _page(course, found, form, order, 422)
    try:
        with transaction() as session:
            actor_id = current_person().id
            service.edit_items(session, found.id, lines, digest=form.text("digest"), actor_id=actor_id)
            if verb == "remove" and chosen is not None:
                service.remove_item(session, found.id, chosen, actor_id=actor_id)
    except Faulty as fault:
        form.errors |= fault.errors
        return _page(course, found, form, order, 422)
    except Changed:
        form.errors[""] = (
            "Somebody changed these questions while you were editing. They are shown as they are now, "
            "with the points and attempts that you typed: look them over, then save again."
        )
        form.values.pop("digest", None)
        return _page(course, found, form, None, 409)
    flash("Removed." if verb == "remove" else "Moved." if verb in MOVES else "Saved.", "good")
    return redirect(_address(course, found, _sought()), 303)


@blueprint.post("/c/<course_slug>/staff/assignments/<assignment_slug>/items/add")
def add_item(course_slug: str, assignment_slug: str) -> ResponseReturnValue:
    """Put a question of the bank at the end."""
    course, found = assignment_for_editing(course_slug, assignment_slug)
    question_id = row_id(request.form.get("question", ""))
    if question_id is not None:
        with transaction() as session:
            item = service.add_item(session, found.id, question_id, actor_id=current_person().id)
            slug = item.slug
        flash(f"{slug} is added.", "good")
    return redirect(_address(course, found, _sought()), 303)


def _page(
    course: Course, found: Assignment, form: Form | None = None, order: list[int] | None = None, status: int = 200
) -> ResponseReturnValue:
    if status == 409:
        forget_reading()
        course, found = assignment_for_editing(course.slug, found.slug)
    shown = service.with_questions(reading(), found.id)
    digest = service.items_digest(shown)
    form = form or Form()
    for item in shown:
        form.values.setdefault(f"points-{item.id}", plain_number(item.points))
        form.values.setdefault(f"attempts-{item.id}", plain_number(item.attempts_allowed))
    if order is not None:
        shown.sort(key=lambda item: order.index(item.id) if item.id in order else len(order))
    words = _sought()
    chosen = {item.question_id for item in shown}
    offered = [
        entry
        for entry in entries(reading(), course.id, text=words, with_retired=False, with_rates=False)
        if entry.question.id not in chosen
    ]
    page = render_template(
        "staff/assignment_items.html",
        course=course,
        assignment=found,
        items=shown,
        full=sum(_worth(item, form) for item in shown),
        form=form,
        digest=form.text("digest") or digest,
        submitted=service.items_with_submissions(reading(), found.id),
        sought=words,
        offered=offered[:FOUND_SHOWN],
        offered_total=len(offered),
    )
    return page, status


def _worth(item: AssignmentItem, form: Form) -> float:
    """What full marks are worth, as typed where that is a number."""
    try:
        return float(form.text(f"points-{item.id}").replace(",", "."))
    except ValueError:
        return item.question.live_version.max_score if item.question.live_version else 0.0


def _move(order: list[int], item_id: int, by: int) -> None:
    at = order.index(item_id)
    to = min(max(at + by, 0), len(order) - 1)
    order.insert(to, order.pop(at))


def _sought() -> str:
    return sought(request.values.get("q", ""))


def _address(course: Course, found: Assignment, words: str) -> str:
    return url_for("staff.items", course_slug=course.slug, assignment_slug=found.slug, q=words or None)
