"""The bank of published questions: the list, and one question with its versions."""

from __future__ import annotations

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from grader.services import question_bank
from grader.services.access import Verb
from grader.store.questions import Question
from web import markdown
from web.database import reading
from web.login import course_for, current_person
from web.pictures import folder_of, picture_answer
from web.search import sought
from web.staff import blueprint


@blueprint.get("/c/<course_slug>/staff/questions/")
def questions(course_slug: str) -> ResponseReturnValue:
    """Every question, with where this course uses it and how it does there."""
    course = course_for(course_slug, Verb.VIEW_QUESTIONS)
    text = sought(request.args.get("q", ""))
    return render_template(
        "staff/questions.html",
        course=course,
        entries=question_bank.entries(reading(), course.id, text=text),
        text=text,
    )


@blueprint.get("/c/<course_slug>/staff/questions/<int(max=2147483647):question_id>/")
def question(course_slug: str, question_id: int) -> ResponseReturnValue:
    """Statement, cases, versions and the reference solution; ?version=2 for an older one."""
    course = course_for(course_slug, Verb.VIEW_QUESTIONS)
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
    entry = next((e for e in question_bank.entries(session, course.id) if e.question.id == question_id), None)
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
    )


@blueprint.get("/c/<course_slug>/staff/questions/<int:question_id>/versions/<int:number>/<name>")
def picture(course_slug: str, question_id: int, number: int, name: str) -> ResponseReturnValue:
    """A picture of the statement, of any version."""
    course_for(course_slug, Verb.VIEW_QUESTIONS)
    versions = question_bank.versions_of(reading(), question_id)
    shown = next((version for version in versions if version.number == number), None)
    if shown is None:
        abort(404)
    return picture_answer(shown, name)
