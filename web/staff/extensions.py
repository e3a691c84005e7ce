"""Extensions: who has more time or more attempts, and granting them: to one student, several, a section, or by CSV."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from grader.services.access import Verb
from grader.services.courses import extensions as service
from grader.services.courses import extensions_file
from grader.services.csv_sheet import text_of
from grader.services.dashboards.scores import students_of
from grader.services.edits import Faulty
from grader.services.refusals import Reason, Refused
from grader.store.courses import Assignment, Course
from web.back import refusals_go_back
from web.database import forget_reading, reading, transaction
from web.login import course_for, current_person
from web.staff import blueprint
from web.staff.forms import Form, row_id


def _address(course_slug: str) -> str:
    return url_for("staff.extensions", course_slug=course_slug)


@blueprint.get("/c/<course_slug>/staff/extensions/")
def extensions(course_slug: str) -> ResponseReturnValue:
    """Those in force, and the form; ?person=<id> and ?assignment=<id> fill it in."""
    course = course_for(course_slug, Verb.GRANT_EXTENSIONS)
    form = Form({"assignment": request.args.get("assignment", "")})
    return _page(course, form, set(request.args.getlist("person")))


@blueprint.post("/c/<course_slug>/staff/extensions/")
def grant_extension(course_slug: str) -> ResponseReturnValue:
    """Give the same extension to everybody who was chosen."""
    course = course_for(course_slug, Verb.GRANT_EXTENSIONS)
    form = Form.sent(request.form)
    chosen = set(request.form.getlist("person")) | _of_section(course, request.form.get("section", ""))
    zone = ZoneInfo(course.time_zone)
    assignment = next((row for row in _assignments(course) if str(row.id) == form.text("assignment")), None)
    if assignment is None:
        form.errors["assignment"] = "Choose an assignment."
    due_at, closes_at = form.moment("due_at", zone), form.moment("closes_at", zone)
    extra_attempts = form.whole("extra_attempts", empty=0) or 0
    if form.errors or assignment is None:
        return _page(course, form, chosen, 422)
    try:
        with transaction() as session:
            granted = service.grant(
                session,
                assignment.id,
                {person_id for person_id in map(row_id, chosen) if person_id is not None},
                reason=form.values.get("reason", ""),
                granted_by=current_person().id,
                due_at=due_at,
                closes_at=closes_at,
                extra_attempts=extra_attempts,
            )
            count = len(granted)
    except Faulty as fault:
        form.errors |= fault.errors
        return _page(course, form, chosen, 422)
    flash(f"Granted to {count} student{'' if count == 1 else 's'}.", "good")
    return redirect(url_for("staff.extensions", course_slug=course.slug), 303)


@blueprint.get("/c/<course_slug>/staff/extensions.csv")
def extensions_csv(course_slug: str) -> ResponseReturnValue:
    """Those in force as a file that can be sent back."""
    course = course_for(course_slug, Verb.GRANT_EXTENSIONS)
    response = Response(extensions_file.file_of(reading(), course.id), mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="extensions-{course.slug}.csv"'
    return response


@blueprint.post("/c/<course_slug>/staff/extensions/import")
@refusals_go_back(_address)
def plan_extensions(course_slug: str) -> ResponseReturnValue:
    """The dry run of a file: nothing is changed."""
    course = course_for(course_slug, Verb.GRANT_EXTENSIONS)
    file = request.files.get("file")
    text = text_of(file.read()) if file is not None and file.filename else request.form.get("text", "")
    if not text.strip():
        raise Refused(Reason.EMPTY, "Choose a file, or paste its lines.")
    plan = extensions_file.plan(reading(), course.id, text)
    return render_template("staff/extensions_plan.html", course=course, plan=plan)


@blueprint.post("/c/<course_slug>/staff/extensions/import/apply")
@refusals_go_back(_address)
def apply_extensions(course_slug: str) -> ResponseReturnValue:
    """What the dry run showed, or nothing."""
    course, actor_id = course_for(course_slug, Verb.GRANT_EXTENSIONS), current_person().id
    text, digest = request.form.get("text", ""), request.form.get("digest", "")
    with transaction() as session:
        done = extensions_file.apply(session, course.id, text, digest, actor_id=actor_id)
    forget_reading()
    flash(f"{done} extension{'' if done == 1 else 's'} granted as the file says.", "good")
    return redirect(_address(course.slug), 303)


@blueprint.post("/c/<course_slug>/staff/extensions/<int(max=2147483647):extension_id>/revoke")
def revoke_extension(course_slug: str, extension_id: int) -> ResponseReturnValue:
    """Take one back."""
    course = course_for(course_slug, Verb.GRANT_EXTENSIONS)
    with transaction() as session:
        service.revoke(session, course.id, extension_id, revoked_by=current_person().id)
    flash("Revoked.", "good")
    return redirect(_address(course.slug), 303)


def _of_section(course: Course, section_id: str) -> set[str]:
    """Everybody who is in this section now, as the form names them."""
    students = students_of(reading(), course.id) if section_id else []
    return {str(student.person_id) for student in students if str(student.section_id) == section_id}


def _page(course: Course, form: Form, chosen: set[str], status: int = 200) -> ResponseReturnValue:
    for name in ("due_at", "closes_at"):
        if form.text(f"{name}_choice"):
            form.offer_choice(name, ZoneInfo(course.time_zone))
    students = students_of(reading(), course.id)
    page = render_template(
        "staff/extensions.html",
        course=course,
        live=service.live_extensions(reading(), course.id),
        assignments=_assignments(course),
        students=students,
        sections=sorted({(row.section or "", row.section_id) for row in students if row.section_id is not None}),
        columns=extensions_file.COLUMNS,
        chosen=chosen,
        form=form,
    )
    return page, status


def _assignments(course: Course) -> list[Assignment]:
    return list(
        reading().scalars(
            select(Assignment).where(Assignment.course_id == course.id).order_by(Assignment.position, Assignment.id)
        )
    )
