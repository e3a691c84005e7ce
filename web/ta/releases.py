"""Which students see their grades of an assignment: hold them back, release them, all at once or one by one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from grader.services.access import Verb
from grader.services.dashboards.scores import Student, students_of
from grader.services.edits import Faulty
from grader.services.grades import releases as service
from grader.store.courses import Assignment, Course
from grader.store.standings import Standing
from web.database import forget_reading, reading, transaction
from web.login import current_person, require
from web.ta import blueprint
from web.ta.find import assignment_for_scores

ACTS = ("hold", "release", "follow")


@dataclass(frozen=True, slots=True)
class Line:
    """One student of the list. `own`: a decision for them alone."""

    student: Student
    is_held: bool
    own: bool
    graded: int  # questions with a grade


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody is about to do, and whom it touches."""

    act: str
    scope: str  # everybody, section, people
    title: str
    person_ids: tuple[int, ...]
    changes: tuple[Student, ...]  # who will see something else
    keep_own: int  # who keeps a decision of their own


@blueprint.get("/c/<course_slug>/ta/a/<assignment_slug>/release")
def release(course_slug: str, assignment_slug: str) -> ResponseReturnValue:
    """Who sees their grades and who does not."""
    return _page(*_found(course_slug, assignment_slug))


@blueprint.post("/c/<course_slug>/ta/a/<assignment_slug>/release")
def change_release(course_slug: str, assignment_slug: str) -> ResponseReturnValue:
    """First how many students would see what; and then, when that was confirmed, the change."""
    course, assignment = _found(course_slug, assignment_slug)
    asked = _asked(course, assignment)
    if asked is None:
        return _page(course, assignment, error="Choose what to do, and at least one student.")
    if "confirmed" not in request.form:
        return _page(course, assignment, asked=asked)
    actor_id = current_person().id
    try:
        with transaction() as session:
            _do(session, assignment.id, asked, actor_id)
    except Faulty as fault:
        return _page(course, assignment, error=str(fault))
    forget_reading()
    held = {"hold": "held back", "release": "released"}.get(asked.act, "as everybody's")
    flash(f"Done: the grades of {asked.title} are {held}.", "good")
    return redirect(url_for("ta.release", course_slug=course_slug, assignment_slug=assignment_slug), 303)


def _found(course_slug: str, assignment_slug: str) -> tuple[Course, Assignment]:
    course, assignment = assignment_for_scores(course_slug, assignment_slug)
    require(Verb.RELEASE, course.id)
    return course, assignment


def _do(session: Any, assignment_id: int, asked: Asked, actor_id: int) -> None:
    held = asked.act == "hold"
    if asked.scope == "everybody" and asked.act != "follow":
        service.set_for_everybody(session, assignment_id, held=held, changed_by=actor_id)
    elif asked.act == "follow":
        service.follow_everybody(session, assignment_id, asked.person_ids, changed_by=actor_id)
    else:
        service.set_for_people(session, assignment_id, asked.person_ids, held=held, changed_by=actor_id)


def _asked(course: Course, assignment: Assignment) -> Asked | None:
    """What the form says, with the students whom it names; None where it names nothing."""
    act, scope = request.form.get("act", ""), request.form.get("scope", "")
    students = students_of(reading(), course.id)
    holds = service.holds_of(reading(), assignment.id)
    if act not in ACTS:
        return None
    if scope == "everybody" and act != "follow":
        touched, title = [one for one in students if one.person_id not in holds.own], "everybody"
        keep_own = len(students) - len(touched)
    elif scope == "section":
        section = request.form.get("section", "")
        touched = [one for one in students if str(one.section_id) == section and section]
        title, keep_own = f"section {touched[0].section}" if touched else "", 0
    else:
        chosen = set(request.form.getlist("person"))
        touched = [one for one in students if str(one.person_id) in chosen]
        title = touched[0].name if len(touched) == 1 else f"{len(touched)} students"
        keep_own = 0
    if not touched and scope != "everybody":
        return None
    will_be = holds.everybody if act == "follow" else act == "hold"
    changes = tuple(one for one in touched if holds.is_held(one.person_id) != will_be)
    return Asked(act, scope, title, tuple(one.person_id for one in touched), changes, keep_own)


def _page(
    course: Course, assignment: Assignment, *, asked: Asked | None = None, error: str = ""
) -> ResponseReturnValue:
    students = students_of(reading(), course.id)
    holds = service.holds_of(reading(), assignment.id)
    graded = _graded(assignment)
    lines = [
        Line(one, holds.is_held(one.person_id), one.person_id in holds.own, graded.get(one.person_id, 0))
        for one in students
    ]
    sections = sorted({(one.section_id, one.section) for one in students if one.section_id is not None and one.section})
    page = render_template(
        "ta/release.html",
        course=course,
        assignment=assignment,
        holds=holds,
        lines=lines,
        held=sum(line.is_held for line in lines),
        sections=sections,
        questions=len(assignment.items),
        asked=asked,
        error=error,
        chosen=set(request.form.getlist("person")) | set(request.args.getlist("person")),
    )
    return page, 422 if error else 200


def _graded(assignment: Assignment) -> dict[int, int]:
    """At how many questions each student has a grade."""
    counts: dict[int, int] = {}
    rows = reading().scalars(
        select(Standing.person_id).where(
            Standing.item_id.in_([item.id for item in assignment.items]), Standing.score.is_not(None)
        )
    )
    for person_id in rows:
        counts[person_id] = counts.get(person_id, 0) + 1
    return counts
