"""What staff say to everybody who made one mistake: written once, shown on every result that has it, and as a hint to
whoever makes it next. One comment is in force for each mistake; an edit is another row and withdraws the old one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from grader.services.auditing import audit
from grader.services.edits import Changed, Faulty
from grader.services.mistakes.mistake_names import MOST_CHARS
from grader.services.mistakes.mistakes import how_many_made_it
from grader.store.courses import Assignment, AssignmentItem
from grader.store.mistakes import MistakeComment
from grader.store.runs import GradingRun
from grader.store.submissions import Submission
from grader.store.words import Purpose, RunState

MAX_COMMENT_CHARACTERS = 5_000


@dataclass(frozen=True, slots=True)
class Told:
    """What one student is told on one result. `others`: how many more students made the mistake, at least."""

    text: str
    others: int
    are_more: bool = False


def comment(
    session: Session,
    item_id: int,
    mistake: str,
    *,
    text: str,
    name: str,
    is_hint: bool,
    seen_id: int,
    written_by: int,
    now: dt.datetime,
) -> MistakeComment:
    """Tell everybody who made the mistake; raises Faulty (text, name) and, where somebody was quicker, Changed.

    `seen_id` is the comment that its author was looking at, 0 for none. An empty text is a name and nothing more:
    students are told nothing. That the mistake exists is the caller's to ask.
    """
    text, name = text.strip(), " ".join(name.split())
    _check(text, name)
    old = _locked(session, item_id, mistake, seen_id)
    if old is not None and (old.text, old.name, old.is_hint) == (text, name, is_hint):
        return old
    if old is None and not text and not name:
        raise Faulty({"text": "Write what students should read."})
    if old is not None:
        old.withdrawn_at = now
        session.flush()  # of one mistake only one row may be in force
    made = MistakeComment(
        item_id=item_id,
        mistake=mistake,
        name=name,
        text=text,
        is_hint=is_hint,
        written_by=written_by,
        created_at=now,
    )
    session.add(made)
    try:
        session.flush()
    except IntegrityError as error:
        raise Changed from error
    detail = {"mistake": mistake, "before": _told(old), "after": _told(made)}
    _record(session, "mistake.commented", item_id, written_by, detail, now)
    return made


def withdraw(session: Session, item_id: int, mistake: str, *, seen_id: int, actor_id: int, now: dt.datetime) -> None:
    """Tell nobody any more; the name stays. Raises Changed where it is not in force any more."""
    old = _locked(session, item_id, mistake, seen_id)
    if old is None or not old.text:
        return
    old.withdrawn_at = now
    session.flush()
    if old.name:
        named = MistakeComment(
            item_id=item_id,
            mistake=mistake,
            name=old.name,
            text="",
            is_hint=old.is_hint,
            written_by=actor_id,
            created_at=now,
        )
        session.add(named)
        session.flush()
    _record(session, "mistake.comment_withdrawn", item_id, actor_id, {"mistake": mistake, "before": _told(old)}, now)


def in_force(session: Session, item_id: int, mistake: str) -> MistakeComment | None:
    """What is said of the mistake now."""
    return session.scalars(
        select(MistakeComment).where(
            MistakeComment.item_id == item_id, MistakeComment.mistake == mistake, MistakeComment.withdrawn_at.is_(None)
        )
    ).one_or_none()


def history(session: Session, item_id: int, mistake: str) -> Sequence[MistakeComment]:
    """Everything that was ever said of it, the newest first."""
    return session.scalars(
        select(MistakeComment)
        .where(MistakeComment.item_id == item_id, MistakeComment.mistake == mistake)
        .order_by(MistakeComment.id.desc())
    ).all()


def told_since(session: Session, item_id: int, mistake: str) -> dt.datetime | None:
    """Since when students have been told something without a break, whatever its words were; None: they are not."""
    since = None
    for row in history(session, item_id, mistake):
        is_unbroken = row.withdrawn_at is None if since is None else row.withdrawn_at == since
        if not (is_unbroken and row.text):
            break
        since = row.created_at
    return since


def told_with(session: Session, submission: Submission, run: GradingRun | None) -> Told | None:
    """What the result of this run says to its student because of the mistake in it; None for nothing.

    A comment that is no hint is only for what was handed in before it. Whether the student may see anything of the
    result at all is the caller's to ask.
    """
    if (
        run is None
        or run.mistake is None
        or not run.is_live
        or run.state is not RunState.FINISHED
        or submission.purpose is not Purpose.SUBMIT
    ):
        return None
    found = in_force(session, submission.item_id, run.mistake)
    if found is None or not found.text:
        return None
    if not found.is_hint:
        since = told_since(session, submission.item_id, run.mistake) or found.created_at
        if submission.submitted_at > since:
            return None
    students, are_more = how_many_made_it(session, submission.item_id, run.mistake)
    return Told(found.text, students - 1, are_more)


def _locked(session: Session, item_id: int, mistake: str, seen_id: int) -> MistakeComment | None:
    """The comment in force, kept from others until the end; raises Changed unless it is the one that was seen."""
    found = session.scalars(
        select(MistakeComment)
        .where(
            MistakeComment.item_id == item_id, MistakeComment.mistake == mistake, MistakeComment.withdrawn_at.is_(None)
        )
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
    if (0 if found is None else found.id) != seen_id:
        raise Changed
    return found


def _check(text: str, name: str) -> None:
    errors = {}
    if len(text) > MAX_COMMENT_CHARACTERS:
        errors["text"] = f"A comment has at most {MAX_COMMENT_CHARACTERS:,} characters; this one has {len(text):,}."
    elif "\0" in text:
        errors["text"] = "The comment holds a NUL character; remove it."
    if len(name) > MOST_CHARS:
        errors["name"] = f"A name has at most {MOST_CHARS} characters; this one has {len(name)}."
    elif "\0" in name:
        errors["name"] = "The name holds a NUL character; remove it."
    if errors:
        raise Faulty(errors)


def _told(row: MistakeComment | None) -> dict[str, Any] | None:
    if row is None:
        return None
    return {"id": row.id, "name": row.name, "text": row.text, "is_hint": row.is_hint}


def _record(session: Session, act: str, item_id: int, actor_id: int, detail: dict[str, Any], now: dt.datetime) -> None:
    course_id = session.scalars(
        select(Assignment.course_id).join(AssignmentItem).where(AssignmentItem.id == item_id)
    ).one()
    audit.record(session, act, f"item:{item_id}", actor_id=actor_id, course_id=course_id, detail=detail, now=now)
