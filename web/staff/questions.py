"""The bank of published questions: the list with how each does, and one question with its versions."""

from __future__ import annotations

from itertools import groupby

from flask import abort, current_app, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from grader.clock import utc_now
from grader.services.access import Verb
from grader.services.questions import question_bank, question_health, verifications, workshop, workshop_publish
from grader.services.questions.question_bank import Entry
from grader.settings import ServiceSettings
from grader.store.courses import Assignment, Course
from grader.store.questions import Question
from web import markdown
from web.database import reading
from web.login import allowed, course_for, current_person
from web.pictures import folder_of, picture_answer
from web.search import sought
from web.staff import blueprint
from web.staff.workshop_publish import regrade_address
from web.standings import freshen


@blueprint.get("/c/<course_slug>/staff/questions/")
def questions(course_slug: str) -> ResponseReturnValue:
    """Every question, with where this course uses it and how it does there."""
    course = course_for(course_slug, Verb.VIEW_QUESTIONS)
    text = sought(request.args.get("q", ""))
    _freshen(course)
    session = reading()
    entries = question_bank.entries(session, course.id, text=text)
    is_editor = allowed(Verb.EDIT_QUESTIONS, course.id)
    settings: ServiceSettings = current_app.extensions["grader.settings"]
    drafts = workshop.open_drafts(session, course.id) if is_editor else []
    return render_template(
        "staff/questions.html",
        course=course,
        groups=_by_tutorial(entries),
        total=len(entries),
        health=question_health.health_of(session, course.id),
        text=text,
        is_editor=is_editor,
        drafts=drafts,
        checks=verifications.newest_of(session, [draft.id for draft in drafts]),
        folders=sorted(settings.question_folders) if is_editor else [],
    )


@blueprint.get("/c/<course_slug>/staff/questions/<int(max=2147483647):question_id>/")
def question(course_slug: str, question_id: int) -> ResponseReturnValue:
    """Statement, cases, versions and the reference solution; ?version=2 for an older one."""
    course = course_for(course_slug, Verb.VIEW_QUESTIONS)
    _freshen(course)
    session = reading()
    found = session.get(Question, question_id)
    versions = question_bank.versions_of(session, question_id) if found is not None else []
    if found is None or not versions:
        abort(404)
    number = request.args.get("version", type=int)
    shown = next(
        (v for v in versions if v.number == number or (number is None and v.id == found.live_version_id)), None
    )
    if shown is None:
        abort(404)
    may_read = question_bank.may_read_secrets(session, current_person(), question_id)
    entry = next(iter(question_bank.entries(session, course.id, question_id=question_id)), None)
    secrets = question_bank.secrets_of(session, shown.id) if may_read else None
    spec = question_bank.spec_of(shown)
    pictures = folder_of("staff.picture", course_slug=course.slug, question_id=question_id, number=shown.number)
    return render_template(
        "staff/question.html",
        course=course,
        question=found,
        entry=entry,
        version=shown,
        versions=versions,
        publishers=question_bank.published_by(session, versions),
        spec=spec,
        secrets=secrets,
        statement=markdown.render(markdown.without_title(shown.statement), pictures),
        starter=markdown.python(shown.starter),
        solution=markdown.python(secrets.solution) if secrets is not None and secrets.solution else None,
        key=secrets.answer_key if secrets is not None else None,
        notes=markdown.render(spec.notes) if secrets is not None else None,
        health=question_health.health_of(session, course.id, question_id).get(question_id),
        uses=workshop_publish.uses(session, found.name, course.id),
        why_not=workshop_publish.why_not(session, current_person(), found.name),
        is_editor=allowed(Verb.EDIT_QUESTIONS, course.id),
        draft=next((one for one in workshop.open_drafts(session, course.id) if one.name == found.name), None),
        regrade=regrade_address(course, found.id, shown.number),
        now=utc_now(),
    )


def _freshen(course: Course) -> None:
    """Who solved what is read from the standings."""
    freshen(*reading().scalars(select(Assignment.id).where(Assignment.course_id == course.id)))


def _by_tutorial(entries: list[Entry]) -> list[tuple[str, list[Entry]]]:
    """Under the course and the tutorial that begin their names."""
    return [
        (tutorial, list(found))
        for tutorial, found in groupby(entries, key=lambda entry: entry.question.name.rpartition("/")[0])
    ]


@blueprint.get("/c/<course_slug>/staff/questions/<int:question_id>/versions/<int:number>/<name>")
def picture(course_slug: str, question_id: int, number: int, name: str) -> ResponseReturnValue:
    """A picture of the statement, of any version."""
    course_for(course_slug, Verb.VIEW_QUESTIONS)
    versions = question_bank.versions_of(reading(), question_id)
    shown = next((version for version in versions if version.number == number), None)
    if shown is None:
        abort(404)
    return picture_answer(shown, name)
