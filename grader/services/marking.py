"""Marking answers in words: points and a comment by a person, as often as they change their mind.

Of a choice with a reason people mark the reason; the points of the choice are added to theirs.
"""

from __future__ import annotations

import datetime as dt
import math
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.services import audit
from grader.services.edits import Faulty, plain
from grader.services.refusals import Reason, Refused
from grader.services.written import choice_of, spec_of
from grader.store.submissions import Submission, WrittenAnswer
from grader.store.words import Purpose

MAX_COMMENT_CHARACTERS = 5_000


def mark(
    session: Session, submission_id: int, *, marker_id: int, points: float, comment: str, now: dt.datetime
) -> None:
    """Give an answer in words its points, again or for the first time; raises Refused.

    Who may mark is the caller's to ask. Points are those of the question, whatever the assignment makes of them, and
    of a choice with a reason only those of the reason.
    """
    submission = session.get(Submission, submission_id)
    if submission is None:
        raise Refused(Reason.NOT_FOUND, "There is no such submission.")
    if not is_marked_by_people(submission):
        raise Refused(Reason.INVALID, "Only answers in words are marked by a person; this one is graded by program.")
    comment = comment.strip()
    _check(points, most_points(submission), comment)
    # Of two who mark at once the second waits, so that the audit tells what each of them replaced.
    answer = session.get_one(WrittenAnswer, submission_id, with_for_update=True, populate_existing=True)
    before = _told(answer)
    answer.points, answer.comment = points + points_of_choice(submission), comment
    answer.marked_by, answer.marked_at = marker_id, now
    audit.record(
        session,
        "answer.marked",
        f"submission:{submission_id}",
        actor_id=marker_id,
        course_id=submission.course_id,
        detail={"before": before, "after": _told(answer)},
        now=now,
    )


def is_marked_by_people(submission: Submission) -> bool:
    """Whether its points come from a person: the key or a program decides about all others."""
    return spec_of(submission.version).is_marked and submission.purpose is Purpose.SUBMIT


def most_points(submission: Submission) -> float:
    """What a marker can give: all points of a text, those for the reason of a choice."""
    asked = spec_of(submission.version).answer
    assert asked is not None
    return asked.reason or asked.points


def points_of_choice(submission: Submission) -> float:
    """What the key has given already, where only the reason is marked."""
    choice = None if submission.answer is None else choice_of(submission.version, submission.answer)
    return 0.0 if choice is None else choice.points


def next_waiting(session: Session, submission: Submission) -> int | None:
    """The next answer to the same question of the assignment that nobody has marked; after the last comes the first."""
    return session.scalar(
        select(Submission.id)
        .join(WrittenAnswer)
        .where(
            Submission.item_id == submission.item_id,
            Submission.id != submission.id,
            Submission.purpose == Purpose.SUBMIT,
            WrittenAnswer.points.is_(None),
        )
        .order_by(Submission.id < submission.id, Submission.id)
        .limit(1)
    )


def _check(points: float, max_score: float, comment: str) -> None:
    errors = {}
    if not (math.isfinite(points) and 0 <= points <= max_score):
        errors["points"] = f"Points are a number from 0 to {max_score:g}."
    if len(comment) > MAX_COMMENT_CHARACTERS:
        errors["comment"] = (
            f"A comment has at most {MAX_COMMENT_CHARACTERS:,} characters; this one has {len(comment):,}."
        )
    elif "\0" in comment:
        errors["comment"] = "The comment holds a NUL character; remove it."
    if errors:
        raise Faulty(errors)


def _told(answer: WrittenAnswer) -> dict[str, Any]:
    return plain(
        {
            "points": answer.points,
            "comment": answer.comment,
            "marked_by": answer.marked_by,
            "marked_at": answer.marked_at,
        }
    )
