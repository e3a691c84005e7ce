"""Overrides: of one student's grade, with a look at what it changes; of an assignment, also by CSV."""

from __future__ import annotations

import math
from typing import Any

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from grader.services.access import Verb
from grader.services.csv_sheet import text_of
from grader.services.edits import Faulty
from grader.services.grades import overrides as service
from grader.services.grades import overrides_file
from grader.services.grades.grades import item_max_score
from grader.services.refusals import Reason, Refused
from grader.store.courses import AssignmentItem, Course, Enrolment
from grader.store.people import Person
from grader.store.words import CourseRole
from web.back import refusals_go_back
from web.database import forget_reading, reading, transaction
from web.login import current_person, require
from web.ta import blueprint
from web.ta.find import assignment_for_scores, course_for_scores, item_for_scores, member

_AT = "/c/<course_slug>/ta/a/<assignment_slug>"
_OF_PERSON = f"{_AT}/<item_slug>/people/<int(max=2147483647):person_id>/override"


def _list_address(course_slug: str, assignment_slug: str) -> str:
    return url_for("ta.overrides", course_slug=course_slug, assignment_slug=assignment_slug)


@blueprint.get(f"{_AT}/overrides/")
def overrides(course_slug: str, assignment_slug: str) -> ResponseReturnValue:
    """Those in force, the file of them, and the form for another file."""
    course, assignment = assignment_for_scores(course_slug, assignment_slug)
    require(Verb.OVERRIDE, course.id)
    return render_template(
        "ta/overrides.html",
        course=course,
        assignment=assignment,
        live=service.live_overrides(reading(), assignment.id),
        max_score=item_max_score,
        columns=overrides_file.COLUMNS,
    )


@blueprint.get(f"{_AT}/overrides.csv")
def overrides_csv(course_slug: str, assignment_slug: str) -> ResponseReturnValue:
    """The same as a file that can be sent back."""
    course, assignment = assignment_for_scores(course_slug, assignment_slug)
    require(Verb.OVERRIDE, course.id)
    response = Response(overrides_file.file_of(reading(), assignment.id), mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="overrides-{course.slug}-{assignment.slug}.csv"'
    return response


@blueprint.post(f"{_AT}/overrides/import")
@refusals_go_back(_list_address)
def plan_overrides(course_slug: str, assignment_slug: str) -> ResponseReturnValue:
    """The dry run of a file: nothing is changed."""
    course, assignment = assignment_for_scores(course_slug, assignment_slug)
    require(Verb.OVERRIDE, course.id)
    file = request.files.get("file")
    text = text_of(file.read()) if file is not None and file.filename else request.form.get("text", "")
    if not text.strip():
        raise Refused(Reason.EMPTY, "Choose a file, or paste its lines.")
    plan = overrides_file.plan(reading(), assignment.id, text)
    return render_template("ta/overrides_plan.html", course=course, assignment=assignment, plan=plan)


@blueprint.post(f"{_AT}/overrides/import/apply")
@refusals_go_back(_list_address)
def apply_overrides(course_slug: str, assignment_slug: str) -> ResponseReturnValue:
    """What the dry run showed, or nothing."""
    course, assignment = assignment_for_scores(course_slug, assignment_slug)
    require(Verb.OVERRIDE, course.id)
    text, digest = request.form.get("text", ""), request.form.get("digest", "")
    actor_id = current_person().id
    with transaction() as session:
        done = overrides_file.apply(session, assignment.id, text, digest, actor_id=actor_id)
    forget_reading()
    flash(f"{done} grade{' is' if done == 1 else 's are'} set as the file says.", "good")
    return redirect(_list_address(course.slug, assignment.slug), 303)


@blueprint.get(_OF_PERSON)
def override(course_slug: str, assignment_slug: str, item_slug: str, person_id: int) -> ResponseReturnValue:
    """The form for one student's grade of one question."""
    return _form(*_found(course_slug, assignment_slug, item_slug, person_id))


@blueprint.post(_OF_PERSON)
def set_override(course_slug: str, assignment_slug: str, item_slug: str, person_id: int) -> ResponseReturnValue:
    """First what it would change; and then, when that was looked at, the change."""
    course, item, person = _found(course_slug, assignment_slug, item_slug, person_id)
    points, reason = _number(request.form.get("points", "")), service.clean_reason(request.form.get("reason", ""))
    if errors := service.faults_of(item, points, reason):
        return _form(course, item, person, errors=errors)
    assert points is not None  # else it is a fault
    if "digest" not in request.form:
        shown = service.preview(reading(), item, person.id, points)
        return _form(course, item, person, preview=shown)
    actor_id, seen = current_person().id, request.form["digest"]
    try:
        with transaction() as session:
            service.set_points(session, item.id, person.id, points=points, reason=reason, set_by=actor_id, seen=seen)
    except Faulty as fault:
        return _form(course, item, person, errors=fault.errors)
    except Refused as refused:
        if refused.reason is not Reason.CONFLICT:
            raise
        forget_reading()
        course, item, person = _found(course_slug, assignment_slug, item_slug, person_id)
        shown = service.preview(reading(), item, person.id, points)
        errors = {"": "The grade changed since you looked. Look at it again, then save."}
        return _form(course, item, person, errors=errors, preview=shown)
    forget_reading()
    flash("The grade is set. The student sees it with your reason.", "good")
    return redirect(_cell_address(course_slug, assignment_slug, item_slug, person_id), 303)


@blueprint.post("/c/<course_slug>/ta/overrides/<int(max=2147483647):override_id>/revoke")
def revoke_override(course_slug: str, override_id: int) -> ResponseReturnValue:
    """Take one back: what was handed in counts again."""
    course = course_for_scores(course_slug)
    require(Verb.OVERRIDE, course.id)
    actor_id = current_person().id
    with transaction() as session:
        revoked = service.revoke(session, course.id, override_id, revoked_by=actor_id)
        item = session.get_one(AssignmentItem, revoked.item_id)
        slugs, person_id = (item.assignment.slug, item.slug), revoked.person_id
    forget_reading()
    flash("The override is taken back: what was handed in counts again.", "good")
    if request.form.get("to") == "list":
        return redirect(_list_address(course_slug, slugs[0]), 303)
    return redirect(_cell_address(course_slug, *slugs, person_id), 303)


def _found(
    course_slug: str, assignment_slug: str, item_slug: str, person_id: int
) -> tuple[Course, AssignmentItem, Person]:
    course, item = item_for_scores(course_slug, assignment_slug, item_slug)
    require(Verb.OVERRIDE, course.id)
    person, enrolment = member(course, person_id)
    if not _is_student(enrolment):
        abort(404)
    return course, item, person


def _is_student(enrolment: Enrolment) -> bool:
    return enrolment.role is CourseRole.STUDENT


def _form(
    course: Course,
    item: AssignmentItem,
    person: Person,
    *,
    errors: dict[str, str] | None = None,
    preview: service.Preview | None = None,
) -> ResponseReturnValue:
    live = service.live_override(reading(), item.id, person.id)
    typed: dict[str, Any] = {
        "points": "" if live is None else f"{live.points:.10g}",
        "reason": live.reason if live else "",
    }
    if request.method == "POST":
        typed = {name: request.form.get(name, "") for name in typed}
    page = render_template(
        "ta/override.html",
        course=course,
        assignment=item.assignment,
        item=item,
        version=item.question.live_version,
        person=person,
        now=service.preview(reading(), item, person.id, 0.0),
        live=live,
        setter=None if live is None else reading().get_one(Person, live.set_by),
        max_score=item_max_score(item),
        typed=typed,
        errors=errors or {},
        preview=preview,
        cell_url=_cell_address(course.slug, item.assignment.slug, item.slug, person.id),
    )
    return page, 422 if errors else 200


def _cell_address(course_slug: str, assignment_slug: str, item_slug: str, person_id: int) -> str:
    return url_for(
        "ta.cell",
        course_slug=course_slug,
        assignment_slug=assignment_slug,
        item_slug=item_slug,
        person_id=person_id,
    )


def _number(text: str) -> float | None:
    try:
        value = float(text.strip().replace(",", "."))
    except ValueError:
        return None
    return value if math.isfinite(value) else None
