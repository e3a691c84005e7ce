"""A course for next year, and a course as one file: copied, exported, imported."""

from __future__ import annotations

import tempfile

from flask import abort, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select, union

from grader.services.access import Verb
from grader.services.archive.archive_reader import ArchiveReader
from grader.services.archive.course_archive import write_archive
from grader.services.archive.course_import import import_course, is_administered
from grader.services.auditing import audit
from grader.services.courses.course_copy import Copy, copy_course
from grader.services.edits import Faulty
from grader.services.questions.question_bank import may_read_secrets
from grader.services.refusals import Reason, Refused
from grader.store.courses import Assignment, AssignmentItem, Course
from grader.store.people import Person
from grader.store.questions import Question
from grader.store.workshop import QuestionDraft
from web.back import refusals_go_back
from web.database import reading, transaction
from web.login import course_for, current_person
from web.staff import blueprint
from web.staff.forms import Form

# The same weekdays a year later.
NEXT_YEAR_DAYS = 364


def _address(course_slug: str) -> str:
    return url_for("staff.course_copy", course_slug=course_slug)


@blueprint.get("/c/<course_slug>/staff/copy")
def course_copy(course_slug: str) -> ResponseReturnValue:
    """The form for next year's course, and the way to the archive."""
    course = course_for(course_slug, Verb.COPY_COURSE)
    form = Form({"title": course.title, "days": str(NEXT_YEAR_DAYS)})
    return _page(course, form)


@blueprint.post("/c/<course_slug>/staff/copy")
def make_copy(course_slug: str) -> ResponseReturnValue:
    """Make it, with the person who copies as its staff."""
    course = course_for(course_slug, Verb.COPY_COURSE)
    form = Form.sent(request.form)
    days = form.whole("days", empty=NEXT_YEAR_DAYS)
    wanted = Copy(form.text("slug"), form.text("title"), form.text("term"), NEXT_YEAR_DAYS if days is None else days)
    if form.errors:
        return _page(course, form, 422)
    try:
        with transaction() as session:
            actor = session.get_one(Person, current_person().id)
            copied = copy_course(session, course.id, wanted, staff=actor, actor_id=actor.id)
    except Faulty as fault:
        form.errors |= fault.errors
        return _page(course, form, 422)
    except Refused as refusal:
        form.errors[""] = str(refusal)
        return _page(course, form, refusal.http_status)
    left = f" Without {', '.join(copied.left_out)}, which are retired." if copied.left_out else ""
    flash(
        f"{copied.assignments} assignments with {copied.items} questions. They are drafts until you show them.{left}",
        "good",
    )
    return redirect(url_for("staff.assignments", course_slug=copied.slug), 303)


@blueprint.post("/c/<course_slug>/staff/archive")
@refusals_go_back(_address)
def export_course(course_slug: str) -> ResponseReturnValue:
    """The whole course as a zip."""
    course = course_for(course_slug, Verb.COPY_COURSE)
    person = current_person()
    asked = reading().scalars(
        union(
            select(AssignmentItem.question_id).join(AssignmentItem.assignment).where(Assignment.course_id == course.id),
            select(Question.id)
            .join(QuestionDraft, QuestionDraft.name == Question.name)
            .where(QuestionDraft.course_id == course.id),
        )
    )
    if not all(may_read_secrets(reading(), person, question_id) for question_id in asked):
        raise Refused(
            Reason.CONFLICT,
            "An archive holds reference solutions, and you are asked one of these questions as a student elsewhere. "
            "Have somebody else of the staff, or an administrator, export the course.",
        )
    with transaction() as session:
        subject = f"course:{course.id}"
        audit.record(session, "course.exported", subject, actor_id=person.id, course_id=course.id)
    file = tempfile.TemporaryFile()  # noqa: SIM115  it is closed when the answer is sent
    write_archive(reading(), course.id, file)
    file.seek(0)
    answer = send_file(file, "application/zip", as_attachment=True, download_name=f"{course.slug}.zip", max_age=0)
    answer.call_on_close(file.close)
    return answer


@blueprint.get("/import-course")
def import_page() -> ResponseReturnValue:
    """The form; for administrators, and for others it is not there."""
    _only_administrators()
    return render_template("staff/course_import.html")


@blueprint.post("/import-course")
def import_archive() -> ResponseReturnValue:
    """Read the archive: all of it, or nothing."""
    person = _only_administrators()
    file = request.files.get("file")
    if file is None or not file.filename:
        return render_template("staff/course_import.html", problem="Choose the file of an exported course."), 422
    slug = request.form.get("slug", "").strip() or None
    try:
        reader = ArchiveReader(file.stream)
        with transaction() as session:
            match = "match_people" in request.form
            done = import_course(session, reader, slug=slug, match_people=match, actor_id=person.id)
    except Refused as refusal:
        return render_template("staff/course_import.html", problem=str(refusal), slug=slug), refusal.http_status
    finally:
        file.close()
    submissions = done.rows["submission"]
    flash(
        f"{done.slug} is here: {submissions} submissions, {done.new_people} new people, who have no way in yet.", "good"
    )
    return redirect(url_for("student.course", course_slug=done.slug), 303)


def _only_administrators() -> Person:
    person = current_person()
    if not is_administered(person):
        abort(404)
    return person


def _page(course: Course, form: Form, status: int = 200) -> ResponseReturnValue:
    return render_template("staff/course_copy.html", course=course, form=form), status
