"""Remarks of those who teach on lines of one submission, for its student."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from grader.services.auditing import audit
from grader.services.edits import Changed, Faulty, digest_of
from grader.services.refusals import Reason, Refused
from grader.store.mistakes import LineComment
from grader.store.submissions import Submission

MAX_COMMENT_CHARACTERS = 5_000
MOST_COMMENTS = 200  # on one submission: beyond, somebody's program writes them


def add(
    session: Session, submission_id: int, *, line: int | None, text: str, lines: int, written_by: int, now: dt.datetime
) -> LineComment:
    """Remark on a line, or (None) on the whole; raises Faulty (line, text). `lines` is how many the source shows.

    The same remark by the same person on the same line is made once, however often it is sent.
    """
    submission = session.get(Submission, submission_id, with_for_update=True)
    if submission is None:
        raise Refused(Reason.NOT_FOUND, "There is no such submission.")
    text = text.strip()
    errors = _faults(text)
    if line is not None and not 1 <= line <= lines:
        errors["line"] = (
            f"The code has lines 1 to {lines:,}; leave it empty for a remark on the whole."
            if lines
            else "This has no numbered lines: leave the line empty."
        )
    if errors:
        raise Faulty(errors)
    there = comments_on(session, submission_id)
    for other in there:
        if (other.line, other.text, other.written_by) == (line, text, written_by):
            return other
    if len(there) >= MOST_COMMENTS:
        raise Refused(Reason.TOO_MANY, f"A submission has {MOST_COMMENTS} comments at most. Edit one that is there.")
    made = LineComment(
        submission_id=submission_id, line=line, text=text, written_by=written_by, created_at=now, edited_at=None
    )
    session.add(made)
    session.flush()
    detail = {"comment": made.id, "line": line, "text": text}
    _record(session, "line.commented", submission, written_by, detail, now)
    return made


def edit(
    session: Session,
    submission_id: int,
    comment_id: int,
    *,
    text: str,
    was: str,
    edited_by: int,
    now: dt.datetime,
) -> None:
    """Other words; only their author's. `was` is the `version_of` that they were looking at; raises Faulty, Changed."""
    submission, found = _locked(session, submission_id, comment_id)
    if found.written_by != edited_by:
        raise Refused(Reason.FORBIDDEN, "Only its author edits a comment. Remove it, or write one of your own.")
    text = text.strip()
    if errors := _faults(text):
        raise Faulty(errors)
    if found.text == text:
        return
    if version_of(found) != was:
        raise Changed
    before, found.text, found.edited_at = found.text, text, now
    session.flush()
    detail = {"comment": found.id, "line": found.line, "before": before, "after": text}
    _record(session, "line.comment_edited", submission, edited_by, detail, now)


def remove(session: Session, submission_id: int, comment_id: int, *, removed_by: int, now: dt.datetime) -> None:
    """Take it away, one's own or another's; a second time does nothing."""
    submission, found = _locked(session, submission_id, comment_id, may_be_gone=True)
    if found.removed_at is not None:
        return
    found.removed_at = now
    session.flush()
    detail = {"comment": found.id, "line": found.line, "text": found.text}
    _record(session, "line.comment_removed", submission, removed_by, detail, now)


def comments_on(session: Session, submission_id: int) -> list[LineComment]:
    """Those that are there, by line; those on the whole come first."""
    found = session.scalars(
        select(LineComment)
        .where(LineComment.submission_id == submission_id, LineComment.removed_at.is_(None))
        .options(joinedload(LineComment.writer))
        .order_by(LineComment.id)
    )
    return sorted(found, key=lambda comment: (comment.line or 0, comment.id))


def counts_of(session: Session, submission_ids: Collection[int]) -> dict[int, int]:
    """How many comments each of these submissions has; none is left out."""
    if not submission_ids:
        return {}
    rows = session.execute(
        select(LineComment.submission_id, func.count())
        .where(LineComment.submission_id.in_(submission_ids), LineComment.removed_at.is_(None))
        .group_by(LineComment.submission_id)
    )
    return {row[0]: row[1] for row in rows}


def version_of(comment: LineComment) -> str:
    """Changes with the comment's words."""
    return digest_of((comment.text, comment.edited_at))


def _locked(
    session: Session, submission_id: int, comment_id: int, *, may_be_gone: bool = False
) -> tuple[Submission, LineComment]:
    found = session.get(LineComment, comment_id, with_for_update=True)
    if found is None or found.submission_id != submission_id or (found.removed_at is not None and not may_be_gone):
        raise Refused(Reason.NOT_FOUND, "There is no such comment on this submission (any more).")
    return session.get_one(Submission, submission_id), found


def _faults(text: str) -> dict[str, str]:
    if not text:
        return {"text": "Write what the student should read."}
    if len(text) > MAX_COMMENT_CHARACTERS:
        return {"text": f"A comment has at most {MAX_COMMENT_CHARACTERS:,} characters; this one has {len(text):,}."}
    if "\0" in text:
        return {"text": "The comment holds a NUL character; remove it."}
    return {}


def _record(
    session: Session, act: str, submission: Submission, actor_id: int, detail: dict[str, Any], now: dt.datetime
) -> None:
    subject = f"submission:{submission.id}"
    audit.record(session, act, subject, actor_id=actor_id, course_id=submission.course_id, detail=detail, now=now)
