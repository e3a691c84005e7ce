"""A roster from a file: what it would change, and then exactly that."""

from __future__ import annotations

from dataclasses import replace

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from grader.services.access import Verb
from grader.services.csv_sheet import text_of
from grader.services.people import roster
from grader.services.people.roster_file import COLUMNS
from grader.services.refusals import Reason, Refused
from web.back import refusals_go_back
from web.database import forget_reading, reading, transaction
from web.login import course_for, current_person
from web.staff import blueprint
from web.staff.roster import links_page, roster_address


def _import_address(course_slug: str) -> str:
    return url_for("staff.roster_import", course_slug=course_slug)


@blueprint.get("/c/<course_slug>/staff/roster/import", endpoint="roster_import")
def show_import(course_slug: str) -> ResponseReturnValue:
    """The form, and what a file looks like."""
    course = course_for(course_slug, Verb.EDIT_ROSTER)
    return render_template("staff/roster_import.html", course=course, columns=COLUMNS)


@blueprint.post("/c/<course_slug>/staff/roster/import", endpoint="plan_roster_import")
@refusals_go_back(_import_address)
def plan_import(course_slug: str) -> ResponseReturnValue:
    """The dry run: nothing is changed."""
    course = course_for(course_slug, Verb.EDIT_ROSTER)
    file = request.files.get("file")
    text = text_of(file.read()) if file is not None and file.filename else request.form.get("text", "")
    if not text.strip():
        raise Refused(Reason.EMPTY, "Choose a file, or paste its lines.")
    shown = roster.plan(reading(), course.id, text, actor_id=current_person().id)
    return render_template("staff/roster_plan.html", course=course, plan=shown, Kind=roster.Kind)


@blueprint.post("/c/<course_slug>/staff/roster/import/apply", endpoint="apply_roster_import")
@refusals_go_back(_import_address)
def apply_import(course_slug: str) -> ResponseReturnValue:
    """What the dry run showed, or nothing. New people's links are in this answer only."""
    course, actor_id = course_for(course_slug, Verb.EDIT_ROSTER), current_person().id
    with transaction() as session:
        fresh = roster.plan(session, course.id, request.form.get("text", ""), actor_id=actor_id)
        shown = replace(fresh, digest=request.form.get("digest", ""))
        done = roster.apply(session, shown, actor_id, end_missing="end_missing" in request.form)
    forget_reading()
    sentence = f"The roster is imported. {done.ended} left the course." if done.ended else "The roster is imported."
    if done.links:
        return links_page(course, list(done.links), "Links for the new people", sentence)
    flash(sentence, "good")
    return redirect(roster_address(course_slug), 303)
