"""New questions: from an example, a solution, a zip, a folder that the operator has named, or a published version."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from grader.errors import UsageError
from grader.services.access import Verb
from grader.services.questions import workshop
from grader.services.questions.question_bank import versions_of
from grader.services.questions.workshop_files import shortened
from grader.services.questions.workshop_folders import Found, bank_in, checkout_of, files_in, found_in
from grader.services.questions.workshop_upload import MAX_ZIP_BYTES, files_in_zip
from grader.services.refusals import Reason, Refused
from grader.settings import ServiceSettings
from grader.spec.draft import draft as draft_around
from grader.spec.signature import parse_signature
from grader.spec.skeleton import skeleton
from grader.spec.skeleton_written import SPECS, written_skeleton
from grader.store.courses import Course
from grader.store.questions import Question
from grader.store.workshop import QuestionDraft
from web.back import refusals_go_back
from web.database import reading, transaction
from web.login import course_for, current_person
from web.search import sought
from web.staff import blueprint
from web.staff.forms import Form

MAX_SOLUTION = 100_000
KINDS = {
    "function": "A function that students write",
    "class": "A class (such as an nn.Module) that students write",
    "numeric": "A number",
    "choice": "A choice among options",
    "text": "A text that is marked by a rubric",
}


@blueprint.get("/c/<course_slug>/staff/questions/new")
def new_question(course_slug: str) -> ResponseReturnValue:
    """The ways to begin."""
    course = course_for(course_slug, Verb.EDIT_QUESTIONS)
    return _new_page(course, Form({"name": f"{course.slug}/tutorial/", "kind": "function", "entry": "f(a, b)"}))


@blueprint.post("/c/<course_slug>/staff/questions/new")
def create_draft(course_slug: str) -> ResponseReturnValue:
    """From an example of a kind, or around a solution."""
    course = course_for(course_slug, Verb.EDIT_QUESTIONS)
    form = Form.sent(request.form)
    try:
        files, origin = _example(form)
        with transaction() as session:
            made = workshop.create(session, course.id, form.text("name"), files, origin=origin, actor=current_person())
            draft_id = made.id
    except (Refused, UsageError) as refusal:
        form.errors[""] = str(refusal)
        return _new_page(course, form, 422)
    flash("This example verifies as it is. Change it file by file; every change is kept as you type.", "good")
    return _to_draft(course, draft_id)


@blueprint.post("/c/<course_slug>/staff/questions/upload")
def upload_draft(course_slug: str) -> ResponseReturnValue:
    """From a zip."""
    course = course_for(course_slug, Verb.EDIT_QUESTIONS)
    form = Form.sent(request.form)
    file = request.files.get("file")
    if file is None or not file.filename:
        form.errors["zip"] = "Choose a zip file."
        return _new_page(course, form, 422)
    try:
        files = files_in_zip(file.stream.read(MAX_ZIP_BYTES + 1))
        with transaction() as session:
            origin = f"upload of {shortened(file.filename)}"
            made = workshop.create(
                session, course.id, form.text("zip_name"), files, origin=origin, actor=current_person()
            )
            draft_id = made.id
    except Refused as refusal:
        form.errors["zip"] = str(refusal)
        return _new_page(course, form, refusal.http_status)
    flash(f"{len(files)} files were taken from the zip.", "good")
    return _to_draft(course, draft_id)


def _folder_address(course_slug: str, folder: str) -> str:
    return url_for("staff.question_folder", course_slug=course_slug, folder=folder)


@blueprint.get("/c/<course_slug>/staff/questions/folders/<folder>")
def question_folder(course_slug: str, folder: str) -> ResponseReturnValue:
    """What a folder holds, and how it differs from what is published."""
    course = course_for(course_slug, Verb.EDIT_QUESTIONS)
    bank, root = bank_in(_folders(), folder)
    words = sought(request.args.get("q", ""))
    found = [one for one in found_in(reading(), bank, root) if all(word in one.name for word in words.lower().split())]
    return render_template(
        "staff/workshop_folder.html",
        course=course,
        folder=folder,
        checkout=checkout_of(root),
        found=sorted(found, key=_interesting),
        text=words,
        drafts={draft.name: draft.revision for draft in workshop.open_drafts(reading(), course.id)},
    )


@blueprint.post("/c/<course_slug>/staff/questions/folders/<folder>/pull")
@refusals_go_back(_folder_address)
def pull_draft(course_slug: str, folder: str) -> ResponseReturnValue:
    """One question of a folder into a draft; over the one that is open, if nobody has edited it since the page."""
    course = course_for(course_slug, Verb.EDIT_QUESTIONS)
    bank, root = bank_in(_folders(), folder)
    name = request.form.get("name", "")
    if not name:
        raise Refused(Reason.INVALID, "Choose the question to pull.")
    files = files_in(bank, root, name)
    checkout = str(checkout_of(root))
    origin = f"folder {folder}" + (f", {checkout}" if checkout else "")
    with transaction() as session:
        there = next((draft for draft in workshop.open_drafts(session, course.id) if draft.name == name), None)
        if there is None:
            draft_id = workshop.create(session, course.id, name, files, origin=origin, actor=current_person()).id
        else:
            draft_id = there.id
            workshop.check_readable(
                session, current_person(), session.query(Question).filter_by(name=name).one_or_none()
            )
            seen = request.form.get("revision", 0, type=int)
            workshop.replace_all(session, there, files, origin=origin, revision=seen, actor_id=current_person().id)
    flash(f"{name} is pulled: {origin}.", "good")
    return _to_draft(course, draft_id)


@blueprint.post("/c/<course_slug>/staff/questions/<int:question_id>/edit")
def edit_version(course_slug: str, question_id: int) -> ResponseReturnValue:
    """A draft with the files of a version, else of the newest; the draft that is open already, where there is one."""
    course = course_for(course_slug, Verb.EDIT_QUESTIONS)
    versions = versions_of(reading(), question_id)
    number = request.form.get("version", type=int) or (versions[0].number if versions else 0)
    version = next((one for one in versions if one.number == number), None)
    if version is None:
        raise Refused(Reason.NOT_FOUND, "There is no such version of this question.")
    workshop.check_readable(reading(), current_person(), version.question)
    open_now = next(
        (one for one in workshop.open_drafts(reading(), course.id) if one.name == version.question.name), None
    )
    if open_now is not None:
        flash("This question is being edited already: here is its draft.", "info")
        return _to_draft(course, open_now.id)
    with transaction() as session:
        draft_id = workshop.from_version(session, course.id, version.id, actor=current_person()).id
    return _to_draft(course, draft_id)


def draft_here(course_slug: str, draft_id: int) -> tuple[Course, QuestionDraft]:
    """The open draft with its files, for who may edit questions in its course and is not asked this one elsewhere."""
    course = course_for(course_slug, Verb.EDIT_QUESTIONS)
    draft = workshop.draft_of(reading(), course.id, draft_id, with_files=True)
    published = reading().scalars(select(Question).where(Question.name == draft.name)).one_or_none()
    workshop.check_readable(reading(), current_person(), published)
    return course, draft


def _example(form: Form) -> tuple[Mapping[str, bytes], str]:
    """Files to start from, and where they come from."""
    name, kind, solution = form.text("name"), form.text("kind"), form.values.get("solution", "")
    if len(solution) > MAX_SOLUTION:
        raise Refused(Reason.TOO_LARGE, "The solution is larger than 100 kB.")
    if kind in SPECS:
        return written_skeleton(name, kind).files, "skeleton"
    if kind not in {"function", "class"}:
        raise Refused(Reason.INVALID, "Choose what students hand in.")
    if not solution.strip():
        return skeleton(name, form.text("entry"), is_class=kind == "class").files, "skeleton"
    if kind == "class":
        raise Refused(Reason.INVALID, "Around a class, begin with the example, then put your solution into it.")
    gradients = [one.strip() for one in form.text("gradients").split(",") if one.strip()]
    signature = parse_signature(form.text("entry"))
    try:
        made = draft_around(name, signature, solution.encode(), gradients=gradients, pure="pure" in request.form)
    except (RecursionError, MemoryError) as error:
        raise Refused(Reason.INVALID, "The solution cannot be read as Python.") from error
    return made.files, "a solution"


def _new_page(course: Course, form: Form, status: int = 200) -> ResponseReturnValue:
    page = render_template("staff/workshop_new.html", course=course, form=form, kinds=KINDS, folders=sorted(_folders()))
    return page, status


def _to_draft(course: Course, draft_id: int) -> ResponseReturnValue:
    return redirect(url_for("staff.draft", course_slug=course.slug, draft_id=draft_id), 303)


def _folders() -> Mapping[str, Path]:
    settings: ServiceSettings = current_app.extensions["grader.settings"]
    return settings.question_folders


def _interesting(found: Found) -> tuple[int, str]:
    return ("differs", "new", "faulty", "same").index(found.state), found.name
