"""What the forms of comments on a submission send: a new one, other words for one, or that it is to go."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from grader.clock import utc_now
from grader.services.access import Verb
from grader.services.edits import Changed, Faulty
from grader.services.mistakes import line_comments
from grader.services.refusals import Reason, Refused
from web.database import forget_reading, transaction
from web.login import current_person, require
from web.source_view import text_lines
from web.student import blueprint
from web.student.access import Seen, submission_for
from web.student.remarks import TypedRemark, remarks_on
from web.student.submissions import submission_page


@blueprint.post("/submissions/<int:submission_id>/comments")
def comment(submission_id: int) -> ResponseReturnValue:
    """On a line, or without one on the whole; what cannot be taken comes back as it was typed."""
    seen = _seen(submission_id)
    typed = TypedRemark(_text(), request.form.get("line", "").strip())
    try:
        with transaction() as session:
            made = line_comments.add(
                session,
                submission_id,
                line=_line(typed.line),
                text=typed.text,
                lines=_lines_of(seen),
                written_by=current_person().id,
                now=utc_now(),
            )
            made_id = made.id
    except Faulty as fault:
        return _again(seen, TypedRemark(typed.text, typed.line, errors=dict(fault.errors))), 422
    return _to(submission_id, f"comment-{made_id}")


@blueprint.post("/submissions/<int:submission_id>/comments/<int(max=2147483647):comment_id>")
def edit_comment(submission_id: int, comment_id: int) -> ResponseReturnValue:
    """Other words, by its author."""
    seen = _seen(submission_id)
    text = _text()
    try:
        with transaction() as session:
            line_comments.edit(
                session,
                submission_id,
                comment_id,
                text=text,
                was=request.form.get("was", ""),
                edited_by=current_person().id,
                now=utc_now(),
            )
    except Faulty as fault:
        return _again(seen, TypedRemark(text, comment_id=comment_id, errors=dict(fault.errors))), 422
    except Changed:
        forget_reading()
        said = {
            "text": "You changed this in another window meanwhile. What you typed here stands below; save it again."
        }
        return _again(_seen(submission_id), TypedRemark(text, comment_id=comment_id, errors=said)), 409
    return _to(submission_id, f"comment-{comment_id}")


@blueprint.post("/submissions/<int:submission_id>/comments/<int(max=2147483647):comment_id>/remove")
def remove_comment(submission_id: int, comment_id: int) -> ResponseReturnValue:
    """Its student does not see it any more; the audit keeps it."""
    _seen(submission_id)
    with transaction() as session:
        line_comments.remove(session, submission_id, comment_id, removed_by=current_person().id, now=utc_now())
    flash("The comment is removed.", "info")
    return _to(submission_id, "source")


def _seen(submission_id: int) -> Seen:
    seen = submission_for(submission_id, with_source=True)
    require(Verb.COMMENT, seen.submission.course_id)
    return seen


def _again(seen: Seen, typed: TypedRemark) -> str:
    return submission_page(seen, remarks=remarks_on(seen, is_held=False, typed=typed))


def _to(submission_id: int, place: str) -> ResponseReturnValue:
    return redirect(url_for("student.submission", submission_id=submission_id) + f"#{place}", 303)


def _lines_of(seen: Seen) -> int:
    """How many lines can be commented on; an answer in words has none."""
    given = seen.submission
    return len(text_lines(given.source)) if given.version.kind == "code" else 0


def _line(text: str) -> int | None:
    """The number; one that no source has for what is none."""
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) < 7):
        return -1
    return int(text)


def _text() -> str:
    """As it was typed; lines come with CR LF, and PostgreSQL keeps no NUL."""
    text = request.form.get("text", "").replace("\r\n", "\n").replace("\0", "")
    if len(text) > 4 * line_comments.MAX_COMMENT_CHARACTERS:
        raise Refused(Reason.TOO_LARGE, f"A comment has at most {line_comments.MAX_COMMENT_CHARACTERS:,} characters.")
    return text
