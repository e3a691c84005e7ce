"""Assignments on pages of their own: the list, details, questions, windows of sections."""

from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from grader.services.access import Verb
from grader.services.courses import assignments as service
from grader.services.courses.assignments import Details
from grader.services.courses.late_preview import Preview, preview
from grader.services.courses.windows import merged, policy_sentences
from grader.services.dashboards.attention import counts_of_course
from grader.services.edits import TIMES, Changed, Faulty
from grader.store.courses import Assignment, Course
from grader.store.words import Counting, LateKind
from web.database import forget_reading, reading, transaction
from web.login import course_for, current_person
from web.places import assignment_in
from web.staff import blueprint
from web.staff.forms import Form, plain_number
from web.standings import freshen_course

LABELS = {
    "title": "Title",
    "slug": "Name in the address",
    "intro": "Introduction",
    "opens_at": "Opens",
    "due_at": "Due",
    "closes_at": "Closes",
    "late_kind": "After the deadline",
    "late_share": "Per cent off",
    "attempts_allowed": "Attempts for each question",
    "refill_attempts": "Attempts that come back",
    "refill_hours": "Every so many hours",
    "counting": "What counts",
    "is_visible": "Students see it",
}
LATE_KINDS = {
    LateKind.NONE: "full marks until it closes",
    LateKind.PER_DAY: "some per cent off for every day begun",
    LateKind.FLAT: "some per cent off, however late",
    LateKind.ZERO: "feedback, but no points",
}


@blueprint.get("/c/<course_slug>/staff/assignments/")
def assignments(course_slug: str) -> ResponseReturnValue:
    """All assignments of the course, also those that students do not see."""
    course = course_for(course_slug, Verb.EDIT_ASSIGNMENTS)
    freshen_course(course.id)
    return render_template("staff/assignments.html", course=course, counts=counts_of_course(reading(), course.id))


@blueprint.get("/c/<course_slug>/staff/assignments/new")
def new_assignment(course_slug: str) -> ResponseReturnValue:
    """An empty form."""
    course = course_for(course_slug, Verb.EDIT_ASSIGNMENTS)
    form = Form({"late_kind": LateKind.NONE, "counting": Counting.BEST})
    return _details_page(course, None, form)


@blueprint.post("/c/<course_slug>/staff/assignments/new")
def create_assignment(course_slug: str) -> ResponseReturnValue:
    """Make it, and go on to its questions."""
    course = course_for(course_slug, Verb.EDIT_ASSIGNMENTS)
    form = Form.sent(request.form)
    details = _details(form, course)
    if request.form.get("action") == "preview" or form.errors:
        return _details_page(course, None, form, details, 422 if form.errors else 200)
    try:
        with transaction() as session:
            slug = service.create(session, course.id, details, actor_id=current_person().id).slug
    except Faulty as fault:
        form.errors |= fault.errors
        return _details_page(course, None, form, details, 422)
    flash(f"“{details.title}” is made. Now add its questions.", "good")
    return redirect(url_for("staff.items", course_slug=course.slug, assignment_slug=slug), 303)


@blueprint.get("/c/<course_slug>/staff/assignments/<assignment_slug>/edit")
def edit_assignment(course_slug: str, assignment_slug: str) -> ResponseReturnValue:
    """The details as they stand."""
    course, found = assignment_for_editing(course_slug, assignment_slug)
    return _details_page(course, found, _form_of(found, _zone(course)), service.details_of(found))


@blueprint.post("/c/<course_slug>/staff/assignments/<assignment_slug>/edit")
def save_assignment(course_slug: str, assignment_slug: str) -> ResponseReturnValue:
    """Change the details; what somebody else changed meanwhile is shown before it is written over."""
    course, found = assignment_for_editing(course_slug, assignment_slug)
    form = Form.sent(request.form)
    details = _details(form, course)
    action = request.form.get("action")
    if action in ("preview", "effect") or form.errors:
        effect = preview(reading(), found.id, details) if action == "effect" and not form.errors else None
        return _details_page(course, found, form, details, 422 if form.errors else 200, effect=effect)
    try:
        with transaction() as session:
            service.edit(session, found.id, details, digest=form.text("digest"), actor_id=current_person().id)
    except Faulty as fault:
        form.errors |= fault.errors
        return _details_page(course, found, form, details, 422)
    except Changed:
        forget_reading()
        course, found = assignment_for_editing(course_slug, assignment_slug)
        form.values["digest"] = service.details_digest(found)
        theirs = _differences(_form_of(found, _zone(course)), form)
        return _details_page(course, found, form, details, 409, theirs)
    flash("Saved.", "good")
    return redirect(url_for("staff.edit_assignment", course_slug=course.slug, assignment_slug=details.slug), 303)


def assignment_for_editing(course_slug: str, assignment_slug: str) -> tuple[Course, Assignment]:
    """The assignment for somebody who may edit it; 404 for any other."""
    course = course_for(course_slug, Verb.EDIT_ASSIGNMENTS)
    return course, assignment_in(course, assignment_slug)


def _details_page(
    course: Course,
    assignment: Assignment | None,
    form: Form,
    details: Details | None = None,
    status: int = 200,
    theirs: list[tuple[str, str, str]] | None = None,
    effect: Preview | None = None,
) -> ResponseReturnValue:
    for name in TIMES:
        if form.text(f"{name}_choice"):
            form.offer_choice(name, _zone(course))
    page = render_template(
        "staff/assignment_form.html",
        course=course,
        assignment=assignment,
        form=form,
        digest=form.text("digest") or (assignment and service.details_digest(assignment)) or "",
        policy=_policy(details),
        theirs=theirs or [],
        effect=effect,
        late_kinds=LATE_KINDS,
        Counting=Counting,
        TIMES=TIMES,
        labels=LABELS,
    )
    return page, status


def _details(form: Form, course: Course) -> Details:
    """What was typed; what cannot be taken is in the form's errors, with something harmless in its place."""
    zone = _zone(course)
    opens_at, due_at, closes_at = (form.moment(name, zone) for name in TIMES)
    percent = form.number("late_share")
    title = form.text("title")
    kind = form.text("late_kind")
    counting = form.text("counting")
    return Details(
        title=title,
        slug=form.text("slug") or service.slug_of(title),
        intro=form.values.get("intro", ""),
        opens_at=opens_at,
        due_at=due_at,
        closes_at=closes_at,
        late_kind=LateKind(kind) if kind in set(LateKind) else LateKind.NONE,
        late_share=0.0 if percent is None else percent / 100,
        attempts_allowed=form.whole("attempts_allowed"),
        counting=Counting(counting) if counting in set(Counting) else Counting.BEST,
        is_visible=form.text("is_visible") == "1",
        refill_attempts=form.whole("refill_attempts"),
        refill_every_s=_seconds(form.number("refill_hours")),
    )


def _form_of(assignment: Assignment, zone: ZoneInfo) -> Form:
    form = Form(
        {
            "title": assignment.title,
            "slug": assignment.slug,
            "intro": assignment.intro,
            "late_kind": assignment.late_kind,
            "late_share": plain_number(assignment.late_share * 100) if assignment.late_share else "",
            "attempts_allowed": plain_number(assignment.attempts_allowed),
            "refill_attempts": plain_number(assignment.refill_attempts),
            "refill_hours": plain_number(assignment.refill_every_s and assignment.refill_every_s / 3600),
            "counting": assignment.counting,
            "is_visible": "1" if assignment.is_visible else "",
        }
    )
    for name in TIMES:
        form.put_moment(name, getattr(assignment, name), zone)
    return form


def _policy(details: Details | None) -> list[str]:
    """The rules as students will read them."""
    if details is None:
        return []
    rules = Assignment(
        opens_at=details.opens_at,
        due_at=details.due_at,
        closes_at=details.closes_at,
        late_kind=details.late_kind,
        late_share=details.late_share,
        attempts_allowed=details.attempts_allowed,
        counting=details.counting,
        refill_attempts=details.refill_attempts,
        refill_every_s=details.refill_every_s,
    )
    return policy_sentences(rules, replace(merged(rules, None, None), attempts_allowed=details.attempts_allowed))


def _seconds(hours: float | None) -> int | None:
    """Of anything that cannot be a number of hours, something that is refused."""
    return None if hours is None else round(min(max(hours, 0.0), 1e6) * 3600)


def _differences(saved: Form, typed: Form) -> list[tuple[str, str, str]]:
    """Label, what is saved now, what was typed: of the fields that differ."""
    return [
        (label, saved.text(name), typed.text(name))
        for name, label in LABELS.items()
        if saved.text(name) != typed.text(name)
    ]


def _zone(course: Course) -> ZoneInfo:
    return ZoneInfo(course.time_zone)
