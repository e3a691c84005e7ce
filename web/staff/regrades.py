"""Regrades of a course: the list, and the form that proposes one."""

from __future__ import annotations

from dataclasses import dataclass

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select, true
from sqlalchemy.orm import Session, joinedload, load_only

from grader.services.access import Verb
from grader.services.edits import Faulty
from grader.services.refusals import Refused
from grader.services.regrades import regrades as service
from grader.store.courses import Assignment, AssignmentItem, Course
from grader.store.questions import Question, QuestionVersion
from grader.store.regrades import Regrade
from grader.store.words import RegradeScope, RegradeState
from web.database import reading, transaction
from web.login import course_for, current_person
from web.staff import blueprint
from web.staff.forms import Form, row_id

SCOPES = {
    RegradeScope.COUNTING: "the attempt of each student that makes the grade",
    RegradeScope.LATEST: "the latest attempt of each student",
    RegradeScope.ALL: "every attempt",
}
STATES = {
    RegradeState.GRADING: ("wait", "Being graded"),
    RegradeState.READY: ("warn", "To be decided"),
    RegradeState.APPLYING: ("wait", "Being applied"),
    RegradeState.APPLYING_UPWARDS: ("wait", "Being applied, upwards only"),
    RegradeState.APPLIED: ("ok", "Applied"),
    RegradeState.APPLIED_UPWARDS: ("ok", "Applied, upwards only"),
    RegradeState.DROPPED: ("plain", "Dropped"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One regrade in the list."""

    regrade: Regrade
    progress: service.Progress


@blueprint.get("/c/<course_slug>/staff/regrades/")
def regrades(course_slug: str) -> ResponseReturnValue:
    """Those that wait for a decision first."""
    course = course_for(course_slug, Verb.REGRADE)
    found = service.of_course(reading(), course.id)
    progress = service.progress_among(reading(), [one.id for one in found])
    lines = [Line(one, progress[one.id]) for one in found]
    return render_template(
        "staff/regrades.html",
        course=course,
        open=[line for line in lines if line.regrade.state in service.OPEN],
        done=[line for line in lines if line.regrade.state not in service.OPEN],
        states=STATES,
    )


@blueprint.get("/c/<course_slug>/staff/regrades/new")
def new_regrade(course_slug: str) -> ResponseReturnValue:
    """First which question; then, with ?item=, by which version and why.

    With ?question= of those items only, which is the form at once where there is one; ?version= is chosen already.
    """
    course = course_for(course_slug, Verb.REGRADE)
    item_id = row_id(request.args.get("item", ""))
    number = request.args.get("version", "")
    if item_id is None:
        items = _items(reading(), course, row_id(request.args.get("question", "")))
        if len(items) != 1:
            return render_template("staff/regrade_choose.html", course=course, items=items, number=number)
        item_id = items[0].id
    versions = _versions(reading(), _item(course, item_id))
    chosen = next((one for one in versions if str(one.number) == number), versions[0])
    return _page(course, item_id, Form({"version": str(chosen.id), "scope": RegradeScope.COUNTING}))


@blueprint.post("/c/<course_slug>/staff/regrades/new")
def begin_regrade(course_slug: str) -> ResponseReturnValue:
    """Grade in shadow; nobody's grade changes."""
    course = course_for(course_slug, Verb.REGRADE)
    form = Form.sent(request.form)
    item_id = row_id(form.text("item"))
    if item_id is None:
        abort(400)
    scope = form.text("scope")
    try:
        with transaction() as session:
            regrade_id = service.begin(
                session,
                course.id,
                item_id,
                row_id(form.text("version")) or 0,
                RegradeScope(scope) if scope in set(RegradeScope) else RegradeScope.COUNTING,
                form.text("reason"),
                actor_id=current_person().id,
            ).id
    except Faulty as fault:
        form.errors |= fault.errors
        return _page(course, item_id, form, 422)
    except Refused as refusal:
        form.errors[""] = str(refusal)
        return _page(course, item_id, form, refusal.http_status)
    return redirect(url_for("staff.regrade", course_slug=course.slug, regrade_id=regrade_id), 303)


def _page(course: Course, item_id: int, form: Form, status: int = 200) -> ResponseReturnValue:
    item = _item(course, item_id)
    page = render_template(
        "staff/regrade_form.html",
        course=course,
        item=item,
        versions=_versions(reading(), item),
        form=form,
        scopes=SCOPES,
    )
    return page, status


def _item(course: Course, item_id: int) -> AssignmentItem:
    item = reading().get(AssignmentItem, item_id)
    if item is None or item.assignment.course_id != course.id or item.question.live_version is None:
        abort(404)
    return item


def _versions(session: Session, item: AssignmentItem) -> list[QuestionVersion]:
    """Newest first, without their texts."""
    shown = load_only(QuestionVersion.number, QuestionVersion.title, QuestionVersion.published_at)
    wanted = select(QuestionVersion).where(QuestionVersion.question_id == item.question_id).options(shown)
    return list(session.scalars(wanted.order_by(QuestionVersion.number.desc())))


def _items(session: Session, course: Course, question_id: int | None) -> list[AssignmentItem]:
    """Of the course, in its order; of one question where one is named."""
    to_version = joinedload(AssignmentItem.question).joinedload(Question.live_version)
    return list(
        session.scalars(
            select(AssignmentItem)
            .join(AssignmentItem.assignment)
            .where(
                Assignment.course_id == course.id,
                true() if question_id is None else AssignmentItem.question_id == question_id,
            )
            .options(
                joinedload(AssignmentItem.assignment),
                to_version.load_only(QuestionVersion.title, QuestionVersion.kind, QuestionVersion.number),
            )
            .order_by(Assignment.position, Assignment.id, AssignmentItem.position)
        )
    )
