"""A question's page: the statement, the editor or the answer form, and what happens to what is sent from there."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from flask import g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import joinedload, undefer

from grader.clock import utc_now
from grader.pipeline.written import text_of_answer
from grader.services.access import Verb
from grader.services.courses.courses import live_version, readable_item
from grader.services.courses.windows import (
    Window,
    WindowState,
    late_factor,
    policy_sentences,
    state_at,
    window_of,
    windows_in,
)
from grader.services.grades.grades import ItemGrade, grades_in
from grader.services.grades.releases import held_from
from grader.services.grading.results import live_run, shown_grade, shown_result
from grader.services.handing_in import drafts
from grader.services.handing_in.notebook import is_notebook, source_from_notebook
from grader.services.handing_in.submit import MAX_SOURCE_BYTES, Handed, hand_in
from grader.services.handing_in.written import hand_in_answer, spec_of
from grader.services.refusals import Reason, Refused
from grader.store.courses import AssignmentItem
from grader.store.questions import QuestionVersion
from grader.store.submissions import Submission
from grader.store.words import Origin, Purpose
from web import markdown
from web.arrival import counted_from
from web.database import forget_reading, reading, transaction
from web.examples import examples_of
from web.login import course_for, current_person, held_verbs
from web.nudges import nudges
from web.pictures import folder_of, picture_answer
from web.protection import draft_limit, submit_limit
from web.rendering import VERDICTS
from web.student import blueprint

_KEY = re.compile(r"[0-9A-Za-z-]{8,64}")


@dataclass(frozen=True, slots=True)
class Sent:
    """What somebody handed in: a file if they chose one, else what stood in the editor."""

    source: bytes
    origin: Origin
    file_name: str | None


@blueprint.get("/c/<course_slug>/a/<assignment_slug>/<item_slug>/")
def question(course_slug: str, assignment_slug: str, item_slug: str) -> ResponseReturnValue:
    """The page; `?source=starter` or `?source=last` puts another text into the editor, for those without JavaScript."""
    item = _item(course_slug, assignment_slug, item_slug, Verb.VIEW_COURSE)
    return _page(item)


@blueprint.get("/c/<course_slug>/a/<assignment_slug>/<item_slug>/pictures/<int:number>/<name>")
def picture(course_slug: str, assignment_slug: str, item_slug: str, number: int, name: str) -> ResponseReturnValue:
    """A picture of the statement: of the version that the page shows, whose number is there for browsers to keep it."""
    version = live_version(reading(), _item(course_slug, assignment_slug, item_slug, Verb.VIEW_COURSE))
    if version.number != number:
        raise Refused(Reason.NOT_FOUND, "This question has changed. Open its page again.")
    return picture_answer(version, name)


@blueprint.post("/c/<course_slug>/a/<assignment_slug>/<item_slug>/submit")
@submit_limit
def submit(course_slug: str, assignment_slug: str, item_slug: str) -> ResponseReturnValue:
    """Hand in for grading: uses an attempt."""
    return _take(_item(course_slug, assignment_slug, item_slug, Verb.SUBMIT), Purpose.SUBMIT)


@blueprint.post("/c/<course_slug>/a/<assignment_slug>/<item_slug>/precheck")
@submit_limit
def precheck(course_slug: str, assignment_slug: str, item_slug: str) -> ResponseReturnValue:
    """Run the visible cases: uses no attempt."""
    return _take(_item(course_slug, assignment_slug, item_slug, Verb.SUBMIT), Purpose.PRECHECK)


@blueprint.post("/c/<course_slug>/a/<assignment_slug>/<item_slug>/answer")
@submit_limit
def answer(course_slug: str, assignment_slug: str, item_slug: str) -> ResponseReturnValue:
    """Hand in the answer to a written question."""
    item = _item(course_slug, assignment_slug, item_slug, Verb.SUBMIT)
    sent = _sent_answer(_version(item))
    arrived_at = counted_from(g.arrived_at)
    try:
        with transaction() as session:
            handed = hand_in_answer(
                session,
                person_id=current_person().id,
                item_id=item.id,
                answer=sent,
                idempotency_key=_key("answer", text_of_answer(sent).encode("utf-8", "replace")),
                now=arrived_at,
            )
            if "text" in sent and not handed.is_repeat:
                drafts.save(session, item.id, current_person().id, sent["text"], _revision(), arrived_at)
    except Refused as refused:
        if _wants_json():
            raise
        return _page(item, refused=refused, answer=sent)
    forget_reading()
    return _to_submission(handed)


@blueprint.put("/c/<course_slug>/a/<assignment_slug>/<item_slug>/draft")
@draft_limit
def draft(course_slug: str, assignment_slug: str, item_slug: str) -> ResponseReturnValue:
    """Keep what is being written; 409 with the newer text when another window has saved meanwhile."""
    item = _item(course_slug, assignment_slug, item_slug, Verb.SUBMIT)
    try:
        sent = request.get_json()
    except RecursionError:
        sent = None
    source, revision = (sent.get("source"), sent.get("revision")) if isinstance(sent, dict) else (None, None)
    if not isinstance(source, str) or type(revision) is not int or not 0 <= revision < 2**31:
        raise Refused(Reason.INVALID, 'Send {"source": text, "revision": number}.')
    now = utc_now()
    with transaction() as session:
        saved = drafts.save(session, item.id, current_person().id, source, revision, now)
    told = {"revision": saved.revision, "saved_at": now.isoformat(timespec="seconds")}
    return ({**told, "source": saved.source}, 409) if saved.is_conflict else (told, 200)


def _item(course_slug: str, assignment_slug: str, item_slug: str, verb: Verb) -> AssignmentItem:
    """The item, for somebody who may do this and read the question."""
    course = course_for(course_slug, verb)
    person = current_person()
    verbs = held_verbs(reading(), person, course.id)
    return readable_item(
        reading(), course, assignment_slug, item_slug, person_id=person.id, verbs=verbs, now=g.arrived_at
    )


def _version(item: AssignmentItem) -> QuestionVersion:
    version = item.question.live_version
    if version is None:
        raise Refused(Reason.NOT_FOUND, "This question is not published yet. Ask the course staff.")
    return version


def _take(item: AssignmentItem, purpose: Purpose) -> ResponseReturnValue:
    person_id = current_person().id
    typed = request.form.get("source", "").replace("\r\n", "\n")
    try:
        sent = _sent(typed, _version(item))
        arrived_at = counted_from(g.arrived_at)
        with transaction() as session:
            handed = hand_in(
                session,
                person_id=person_id,
                item_id=item.id,
                source=sent.source,
                purpose=purpose,
                origin=sent.origin,
                file_name=sent.file_name,
                idempotency_key=_key(purpose.value, sent.source),
                now=arrived_at,
            )
            if sent.origin is Origin.EDITOR and not handed.is_repeat:
                # Without JavaScript nothing else keeps it; another window's newer draft stays as it is.
                drafts.save(session, item.id, person_id, typed, _revision(), arrived_at)
    except Refused as refused:
        if _wants_json():
            raise
        return _page(item, refused=refused, typed=typed)
    forget_reading()
    if handed.device is not None and not handed.is_repeat:
        nudges().publish(handed.device)
    return _to_submission(handed)


def _to_submission(handed: Handed) -> ResponseReturnValue:
    url = url_for("student.submission", submission_id=handed.submission_id)
    return ({"id": handed.submission_id, "url": url}, 202) if _wants_json() else redirect(url, 303)


def _sent(typed: str, version: QuestionVersion) -> Sent:
    file = request.files.get("file")
    if file is None or not file.filename:
        return Sent(typed.encode("utf-8", "surrogatepass"), Origin.EDITOR, None)
    if is_notebook(file.filename):
        source = source_from_notebook(file.stream.read(), version.entry_name or "")
        return Sent(source.encode(), Origin.NOTEBOOK, file.filename)
    if not file.filename.lower().endswith(".py"):
        raise Refused(Reason.INVALID, "Choose a Python file (.py) or a notebook (.ipynb).")
    return Sent(file.stream.read(MAX_SOURCE_BYTES + 1), Origin.UPLOAD, file.filename)


def _sent_answer(version: QuestionVersion) -> dict[str, Any]:
    sent: dict[str, Any] = {}
    if version.kind == "choice":
        sent["choices"] = request.form.getlist("choices")
    if version.kind == "numeric":
        sent["number"] = request.form.get("number", "")
    elif version.kind != "choice" or spec_of(version).is_marked:
        sent["text"] = request.form.get("text", "").replace("\r\n", "\n")
    return sent


def _key(purpose: str, source: bytes) -> str | None:
    """The same from the same page is the same submission; a changed text after going back is a new one."""
    given = request.form.get("idempotency_key", "")
    return f"{purpose}-{given}-{hashlib.sha256(source).hexdigest()[:16]}" if _KEY.fullmatch(given) else None


def _revision() -> int:
    given = request.form.get("revision", "")
    return int(given) if given.isdecimal() and len(given) < 10 else 0


def _wants_json() -> bool:
    return request.accept_mimetypes.best == "application/json"


def _page(
    item: AssignmentItem,
    *,
    refused: Refused | None = None,
    typed: str | None = None,
    answer: dict[str, Any] | None = None,
) -> ResponseReturnValue:
    """The page as it stands now; after a refusal with what they had sent, so that nothing typed is lost."""
    session, person = reading(), current_person()
    version = live_version(session, item)
    window = window_of(session, item, person.id)
    windows = windows_in(session, [item.assignment], person.id)
    held = held_from(session, [item.assignment_id], person.id, held_verbs(session, person, item.assignment.course_id))
    grades = {
        item_id: shown_grade(grade, is_held=bool(held))
        for item_id, grade in grades_in(session, [item.assignment], windows, person.id).items()
    }
    items = item.assignment.items
    place = next(index for index, other in enumerate(items) if other.id == item.id)
    last = _last_submission(item.id, person.id)
    kept = drafts.load(session, item.id, person.id)
    verbs = held_verbs(session, person, item.assignment.course_id)
    page = {
        "course": item.assignment.course,
        "assignment": item.assignment,
        "item": item,
        "version": version,
        "spec": version.spec,
        "statement": markdown.without_title(version.statement),
        "pictures": folder_of(
            "student.picture",
            course_slug=item.assignment.course.slug,
            assignment_slug=item.assignment.slug,
            item_slug=item.slug,
            number=version.number,
        ),
        "examples": examples_of(version.spec, version.examples),
        "window": window,
        "state": state_at(window, utc_now()),
        "is_free": Verb.VIEW_ANY in verbs,
        "hindrance": _hindrance(window, grades[item.id], verbs),
        "late_factor": late_factor(item.assignment, window, g.arrived_at, item.assignment.course.time_zone),
        "sentences": policy_sentences(item.assignment, window),
        "grade": grades[item.id],
        "items": items,
        "grades": grades,
        "place": place,
        "last": last,
        "last_result": None if last is None else shown_result(last, live_run(session, last.id), is_held=bool(held)),
        "draft": kept,
        "text": _text(item, version, kept, last, typed),
        "answer": _answer_shown(answer, last, kept),
        "refused": refused,
        "key": uuid4().hex,
        "looks": {verdict: [look.kind, look.label] for verdict, look in VERDICTS.items()},
        "max_source_bytes": MAX_SOURCE_BYTES,
    }
    return render_template("student/question.html", **page), 200 if refused is None else refused.http_status


def _hindrance(window: Window, grade: ItemGrade, verbs: frozenset[Verb]) -> str | None:
    """Why nothing can be handed in, if so: closed, or used_up. Checking is still possible with no attempts left."""
    if Verb.VIEW_ANY in verbs:
        return None
    if state_at(window, utc_now()) is WindowState.CLOSED:
        return "closed"
    if window.attempts_allowed is not None and grade.attempts_used >= window.attempts_allowed:
        return "used_up"
    return None


def _last_submission(item_id: int, person_id: int) -> Submission | None:
    return (
        reading()
        .scalars(
            select(Submission)
            .where(
                Submission.item_id == item_id, Submission.person_id == person_id, Submission.purpose == Purpose.SUBMIT
            )
            .options(undefer(Submission.source), joinedload(Submission.answer))
            .order_by(Submission.id.desc())
            .limit(1)
        )
        .one_or_none()
    )


def _text(item: AssignmentItem, version: QuestionVersion, kept: Any, last: Submission | None, typed: str | None) -> str:
    """What stands in the editor: what was just refused, what is asked for, the draft, or the starter."""
    wanted = request.args.get("source")
    if typed is not None:
        return typed
    if wanted == "starter":
        return version.starter
    if wanted == "last" and last is not None:
        return last.source.decode("utf-8", "replace")
    if wanted is not None and wanted.isdecimal() and len(wanted) < 10:
        return _own_source(item.id, int(wanted)) or version.starter
    return version.starter if kept is None else str(kept.source)


def _own_source(item_id: int, submission_id: int) -> str | None:
    """What the person themselves handed in then, for this question."""
    source = reading().scalar(
        select(Submission.source).where(
            Submission.id == submission_id,
            Submission.item_id == item_id,
            Submission.person_id == current_person().id,
        )
    )
    return None if source is None else source.decode("utf-8-sig", "replace")


def _answer_shown(answer: dict[str, Any] | None, last: Submission | None, kept: Any) -> dict[str, Any]:
    if answer is not None:
        return answer
    before = {} if last is None or last.answer is None else last.answer.answer
    return before if kept is None else {**before, "text": kept.source}
