"""The editor of a draft: its files, a preview of the statement, and what is wrong, as its author types."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from grader.clock import utc_now
from grader.services.questions import verifications, workshop
from grader.services.questions.workshop_faults import Spotted, faults_of_draft
from grader.services.questions.workshop_files import (
    WRITTEN_BY_WORKER,
    checked_path,
    in_order,
    is_picture,
    is_text,
    mark_of,
)
from grader.services.refusals import Reason, Refused
from grader.spec.find import MAX_FILE_BYTES
from grader.spec.pictures import CONTENT_TYPES, PICTURE_NAME
from grader.spec.question import SPEC_FILE, STATEMENT_FILE
from grader.store.courses import Course
from grader.store.people import Person
from grader.store.workshop import QuestionDraft
from web import markdown
from web.back import refusals_go_back
from web.database import forget_reading, reading, transaction
from web.login import current_person
from web.pictures import POLICY, folder_of
from web.protection import draft_limit
from web.source_view import difference
from web.staff import blueprint
from web.staff.workshop import draft_here

_PATH = "/c/<course_slug>/staff/drafts/<int:draft_id>"
# A preview is waited for. The longest statement of the bank has a third of this.
MAX_PREVIEW = 12_000


def draft_address(course_slug: str, draft_id: int, **more: Any) -> str:
    """Of the editor, at a file."""
    file = request.form.get("file") or None
    return url_for("staff.draft", course_slug=course_slug, draft_id=draft_id, **({"file": file} if file else {}) | more)


@blueprint.get(f"{_PATH}/")
def draft(course_slug: str, draft_id: int) -> ResponseReturnValue:
    """The editor; `?file=cases.py` opens that file."""
    course, found = draft_here(course_slug, draft_id)
    return _page(course, found)


@blueprint.post(f"{_PATH}/file")
def save_draft_file(course_slug: str, draft_id: int) -> ResponseReturnValue:
    """Save a file from the page's form, for those without a script."""
    course, found = draft_here(course_slug, draft_id)
    path = request.form.get("file", "")
    text = request.form.get("source", "").replace("\r\n", "\n")
    base = request.form.get("revision", "")
    with transaction() as session:
        saved = workshop.save_file(
            session, found, path, _utf8(text), base=int(base) if _is_mark(base) else 0, actor_id=current_person().id
        )
    if saved.is_conflict:
        forget_reading()
        course, found = draft_here(course_slug, draft_id)
        return _page(course, found, typed=text, path=path)
    flash("Saved.", "good")
    return redirect(draft_address(course_slug, draft_id), 303)


@blueprint.put(f"{_PATH}/file")
@draft_limit
def keep_draft_file(course_slug: str, draft_id: int) -> ResponseReturnValue:
    """Keep what is being written; 409 with the newer text when somebody else has saved this file meanwhile."""
    _, found = draft_here(course_slug, draft_id)
    sent = _sent()
    text, base = sent.get("source"), sent.get("revision")
    if not isinstance(text, str) or type(base) is not int:
        raise Refused(Reason.INVALID, 'Send {"source": text, "revision": number}.')
    now = utc_now()
    with transaction() as session:
        saved = workshop.save_file(
            session, found, request.args.get("file", ""), _utf8(text), base=base, actor_id=current_person().id, now=now
        )
    told = {"revision": saved.mark, "saved_at": now.isoformat(timespec="seconds")}
    if saved.is_conflict:
        return {**told, "source": saved.content.decode("utf-8", "replace")}, 409
    return told


@blueprint.post(f"{_PATH}/files")
@refusals_go_back(draft_address)
def add_draft_file(course_slug: str, draft_id: int) -> ResponseReturnValue:
    """Add an empty file, or one that is uploaded; an uploaded one may take the place of another."""
    _, found = draft_here(course_slug, draft_id)
    files = workshop.files_of_draft(found)
    upload = request.files.get("upload")
    if upload is not None and upload.filename:
        content = upload.stream.read(MAX_FILE_BYTES + 1)
        name = request.form.get("name", "").strip() or upload.filename.replace("\\", "/").rpartition("/")[2]
    else:
        content, name = b"\n", request.form.get("name", "")
        if checked_path(name) in files:
            raise Refused(Reason.CONFLICT, f"There is a file {checked_path(name)} already.")
        if not is_text(checked_path(name)):
            raise Refused(Reason.INVALID, "Choose the picture as a file: it cannot be written here.")
    path = checked_path(name)
    with transaction() as session:
        saved = workshop.save_file(
            session, found, path, content, base=mark_of(files.get(path)), actor_id=current_person().id
        )
    if saved.is_conflict:
        raise Refused(Reason.CONFLICT, f"Somebody changed {path} meanwhile. Look at it, then upload it again.")
    return redirect(draft_address(course_slug, draft_id, file=path), 303)


@blueprint.post(f"{_PATH}/rename")
@refusals_go_back(draft_address)
def rename_draft_file(course_slug: str, draft_id: int) -> ResponseReturnValue:
    """Give a file another name."""
    _, found = draft_here(course_slug, draft_id)
    new = checked_path(request.form.get("name", ""))
    with transaction() as session:
        workshop.rename_file(session, found, request.form.get("file", ""), new, actor_id=current_person().id)
    flash(f"It is {new} now.", "good")
    return redirect(draft_address(course_slug, draft_id, file=new), 303)


@blueprint.post(f"{_PATH}/remove")
@refusals_go_back(draft_address)
def remove_draft_file(course_slug: str, draft_id: int) -> ResponseReturnValue:
    """Take a file out."""
    _, found = draft_here(course_slug, draft_id)
    with transaction() as session:
        workshop.remove_file(session, found, request.form.get("file", ""), actor_id=current_person().id)
    flash("The file is removed.", "good")
    return redirect(url_for("staff.draft", course_slug=course_slug, draft_id=draft_id), 303)


@blueprint.post(f"{_PATH}/discard")
def discard_draft(course_slug: str, draft_id: int) -> ResponseReturnValue:
    """Throw the draft away."""
    _, found = draft_here(course_slug, draft_id)
    with transaction() as session:
        workshop.discard(session, found, actor_id=current_person().id)
    flash(f"The draft of {found.name} is thrown away.", "good")
    return redirect(url_for("staff.questions", course_slug=course_slug), 303)


@blueprint.post(f"{_PATH}/preview")
@draft_limit
def preview_draft(course_slug: str, draft_id: int) -> ResponseReturnValue:
    """A statement as students will see it: a fragment of a page."""
    _, found = draft_here(course_slug, draft_id)
    text = _sent().get("source")
    if not isinstance(text, str):
        raise Refused(Reason.INVALID, 'Send {"source": text}.')
    _utf8(text)
    return Response(_shown(course_slug, found.id, text), content_type="text/html; charset=utf-8")


@blueprint.post(f"{_PATH}/check")
@draft_limit
def check_draft(course_slug: str, draft_id: int) -> ResponseReturnValue:
    """What is wrong with the draft with this text in place of one file. Nothing is saved and nothing run."""
    _, found = draft_here(course_slug, draft_id)
    sent = _sent()
    text, path = sent.get("source"), sent.get("file")
    if not isinstance(text, str) or not isinstance(path, str):
        raise Refused(Reason.INVALID, 'Send {"file": name, "source": text}.')
    files = workshop.files_of_draft(found) | {checked_path(path): _utf8(text)}
    return {"faults": [_as_json(fault) for fault in faults_of_draft(files, found.name)]}


@blueprint.get(f"{_PATH}/pictures/<name>")
def draft_picture(course_slug: str, draft_id: int, name: str) -> ResponseReturnValue:
    """A picture as it is in the draft just now."""
    _, found = draft_here(course_slug, draft_id)
    content = workshop.files_of_draft(found).get(name) if PICTURE_NAME.fullmatch(name) else None
    if content is None:
        raise Refused(Reason.NOT_FOUND, "There is no such picture in this draft.")
    answer = Response(content, content_type=CONTENT_TYPES[name.rpartition(".")[2]])
    answer.headers["Content-Security-Policy"] = POLICY
    return answer


@blueprint.get(f"{_PATH}/zip")
def draft_zip(course_slug: str, draft_id: int) -> ResponseReturnValue:
    """Everything, to go on elsewhere; the same zip can be uploaded again."""
    _, found = draft_here(course_slug, draft_id)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in sorted(workshop.files_of_draft(found).items()):
            archive.writestr(path, content)
    answer = Response(packed.getvalue(), content_type="application/zip")
    answer.headers["Content-Disposition"] = f'attachment; filename="{found.name.rpartition("/")[2]}.zip"'
    return answer


def _page(
    course: Course, found: QuestionDraft, *, typed: str | None = None, path: str | None = None
) -> ResponseReturnValue:
    files = workshop.files_of_draft(found)
    listed = in_order(files)
    wanted = path or request.args.get("file", "")
    shown = wanted if wanted in files else next((one for one in (SPEC_FILE, *listed) if one in files), "")
    content = files.get(shown, b"")
    faults = faults_of_draft(files, found.name)
    statement = files.get(STATEMENT_FILE, b"").decode("utf-8", "replace")
    check = verifications.newest(reading(), found.id)
    page = render_template(
        "staff/workshop_draft.html",
        course=course,
        draft=found,
        paths=listed,
        shown=shown,
        text=content.decode("utf-8", "replace") if typed is None else typed,
        mark=mark_of(content) if shown else 0,
        is_editable=is_text(shown) and shown not in WRITTEN_BY_WORKER,
        is_text=is_text(shown),
        is_picture=is_picture(shown),
        is_public_picture=PICTURE_NAME.fullmatch(shown) is not None,
        faults=faults,
        faulty={fault.where for fault in faults},
        statement=_shown(course.slug, found.id, statement),
        check=check,
        is_checked=check is not None and check.digest == found.digest,
        editor=reading().get(Person, found.edited_by),
        theirs=None
        if typed is None
        else difference(content, typed.encode("utf-8", "replace"), is_python=shown.endswith(".py")),
        is_conflict=typed is not None,
    )
    return page, 409 if typed is not None else 200


def _shown(course_slug: str, draft_id: int, statement: str) -> str:
    pictures = folder_of("staff.draft_picture", course_slug=course_slug, draft_id=draft_id)
    if len(statement) > MAX_PREVIEW:
        return markdown.render("*This statement is too long for a preview.*")
    return markdown.render(markdown.without_title(statement), pictures)


def _as_json(fault: Spotted) -> dict[str, Any]:
    return {"where": fault.where, "line": fault.line, "key": fault.key, "message": fault.message}


def _sent() -> dict[str, Any]:
    try:
        sent = request.get_json()
    except RecursionError:
        sent = None
    return sent if isinstance(sent, dict) else {}


def _utf8(text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError:
        raise Refused(Reason.NOT_TEXT, "The text holds characters that are no characters.") from None


def _is_mark(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= 15
