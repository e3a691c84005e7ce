"""Comments that markers use again and again: of one question, or of all questions of a course."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from grader.services.auditing import audit
from grader.services.edits import Faulty
from grader.services.refusals import Reason, Refused
from grader.store.marks import SavedComment

MAX_TITLE_CHARACTERS = 100
MAX_TEXT_CHARACTERS = 2_000
MAX_IN_COURSE = 1_000


def saved_comments(session: Session, course_id: int, question_id: int | None = None) -> Sequence[SavedComment]:
    """What the course has saved, the most used first; of one question what is of use there, its own first."""
    query = select(SavedComment).where(SavedComment.course_id == course_id, SavedComment.removed_at.is_(None))
    if question_id is not None:
        query = query.where(or_(SavedComment.question_id == question_id, SavedComment.question_id.is_(None)))
    return session.scalars(
        query.order_by(SavedComment.question_id.is_(None), SavedComment.uses.desc(), SavedComment.id)
    ).all()


def save_comment(
    session: Session,
    course_id: int,
    *,
    text: str,
    title: str = "",
    question_id: int | None = None,
    actor_id: int,
    now: dt.datetime,
) -> SavedComment:
    """Keep a comment for use again; one that is there already is given back. Raises Refused and Faulty."""
    text, title = _checked(text, title)
    for known in saved_comments(session, course_id, question_id):
        if known.text == text and known.question_id in (None, question_id):
            return known
    count = session.scalar(
        select(func.count())
        .select_from(SavedComment)
        .where(SavedComment.course_id == course_id, SavedComment.removed_at.is_(None))
    )
    if (count or 0) >= MAX_IN_COURSE:
        raise Refused(Reason.TOO_MANY, f"A course keeps at most {MAX_IN_COURSE:,} comments; remove some first.")
    saved = SavedComment(
        course_id=course_id, question_id=question_id, title=title, text=text, written_by=actor_id, created_at=now
    )
    session.add(saved)
    session.flush()
    _record(session, "comment.saved", saved, actor_id, now, text)
    return saved


def change_comment(
    session: Session, course_id: int, comment_id: int, *, text: str, title: str, actor_id: int, now: dt.datetime
) -> None:
    """Another wording from now on; where it was used, nothing changes. Raises Refused and Faulty."""
    saved = _existing(session, course_id, comment_id)
    text, title = _checked(text, title)
    if (saved.text, saved.title) != (text, title):
        saved.text, saved.title = text, title
        _record(session, "comment.changed", saved, actor_id, now, text)


def remove_comment(session: Session, course_id: int, comment_id: int, *, actor_id: int, now: dt.datetime) -> None:
    """Offer it no more; raises Refused where there is no such comment."""
    saved = _existing(session, course_id, comment_id)
    saved.removed_at = now
    _record(session, "comment.removed", saved, actor_id, now, saved.text)


def count_uses(session: Session, course_id: int, comment_ids: Collection[int]) -> None:
    """They went into a comment to a student."""
    if comment_ids:
        session.execute(
            update(SavedComment)
            .where(SavedComment.course_id == course_id, SavedComment.id.in_(sorted(comment_ids)))
            .values(uses=SavedComment.uses + 1)
        )


def _existing(session: Session, course_id: int, comment_id: int) -> SavedComment:
    saved = session.get(SavedComment, comment_id, with_for_update=True)
    if saved is None or saved.course_id != course_id or saved.removed_at is not None:
        raise Refused(Reason.NOT_FOUND, "There is no such comment; somebody may have removed it.")
    return saved


def _checked(text: str, title: str) -> tuple[str, str]:
    text, title = text.strip(), " ".join(title.split())
    errors = {}
    if not text:
        errors["text"] = "Write the comment that is to be kept."
    elif len(text) > MAX_TEXT_CHARACTERS:
        errors["text"] = f"A comment to keep has at most {MAX_TEXT_CHARACTERS:,} characters."
    if len(title) > MAX_TITLE_CHARACTERS:
        errors["title"] = f"A title has at most {MAX_TITLE_CHARACTERS} characters."
    if "\0" in text + title:
        errors["text"] = "The comment holds a NUL character; remove it."
    if errors:
        raise Faulty(errors)
    return text, title


def _record(session: Session, act: str, saved: SavedComment, actor_id: int, now: dt.datetime, text: str) -> None:
    audit.record(
        session,
        act,
        f"saved_comment:{saved.id}",
        actor_id=actor_id,
        course_id=saved.course_id,
        detail={"title": saved.title, "text": text, "question_id": saved.question_id},
        now=now,
    )
