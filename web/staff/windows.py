"""The times of sections where they differ from the assignment's."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from grader.services.courses.section_windows import SectionTimes, edit_windows, windows_digest, windows_of_sections
from grader.services.edits import TIMES, Changed, Faulty
from grader.store.courses import Assignment, Course, Section
from web.database import forget_reading, reading, transaction
from web.login import current_person
from web.staff import blueprint
from web.staff.assignments import assignment_for_editing
from web.staff.forms import Form


@blueprint.get("/c/<course_slug>/staff/assignments/<assignment_slug>/windows")
def windows(course_slug: str, assignment_slug: str) -> ResponseReturnValue:
    """A row for each section; an empty field takes the assignment's time."""
    course, found = assignment_for_editing(course_slug, assignment_slug)
    return _page(course, found)


@blueprint.post("/c/<course_slug>/staff/assignments/<assignment_slug>/windows")
def save_windows(course_slug: str, assignment_slug: str) -> ResponseReturnValue:
    """Save all of them at once."""
    course, found = assignment_for_editing(course_slug, assignment_slug)
    form = Form.sent(request.form)
    zone = ZoneInfo(course.time_zone)
    lines = [
        SectionTimes(section.id, *(form.moment(f"{name}-{section.id}", zone) for name in TIMES))
        for section in _sections(course)
    ]
    if form.errors:
        return _page(course, found, form, 422)
    try:
        with transaction() as session:
            edit_windows(session, found.id, lines, digest=form.text("digest"), actor_id=current_person().id)
    except Faulty as fault:
        form.errors |= fault.errors
        return _page(course, found, form, 422)
    except Changed:
        form.errors[""] = (
            "Somebody changed these times while you were editing. Below is what you typed; what is saved now stands "
            "under each field. Look it over, then save again."
        )
        form.values.pop("digest", None)
        return _page(course, found, form, 409)
    flash("Saved.", "good")
    return redirect(url_for("staff.windows", course_slug=course.slug, assignment_slug=found.slug), 303)


def _page(course: Course, found: Assignment, form: Form | None = None, status: int = 200) -> ResponseReturnValue:
    if status == 409:
        forget_reading()
        course, found = assignment_for_editing(course.slug, found.slug)
    zone = ZoneInfo(course.time_zone)
    known = windows_of_sections(reading(), found.id)
    saved = Form()
    for window in known:
        for name in TIMES:
            saved.put_moment(f"{name}-{window.section_id}", getattr(window, name), zone)
    shown = form or saved
    sections = _sections(course)
    for section in sections:
        for name in TIMES:
            if shown.text(f"{name}-{section.id}_choice"):
                shown.offer_choice(f"{name}-{section.id}", zone)
    page = render_template(
        "staff/assignment_windows.html",
        course=course,
        assignment=found,
        sections=sections,
        form=shown,
        saved=saved if status == 409 else None,
        digest=shown.text("digest") or windows_digest(known),
        TIMES=TIMES,
    )
    return page, status


def _sections(course: Course) -> list[Section]:
    return list(reading().scalars(select(Section).where(Section.course_id == course.id).order_by(Section.name)))
