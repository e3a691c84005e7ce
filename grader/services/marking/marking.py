"""Marking answers in words: points, ticked rubric items and a comment by a person, as often as they change their mind.

What counts is in `written_answer`, derived from the marks by one rule (`_recount`):

- what somebody settled counts, whatever the marks say;
- where one marker is wanted, the newest mark counts;
- where two are wanted, nothing counts before both have marked; the same points from both count, different ones wait
  until somebody settles them.

Of a choice with a reason people mark the reason; the points of the choice are added to theirs.
"""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from grader.services.auditing import audit
from grader.services.edits import Faulty, digest_of, plain
from grader.services.grades import standings
from grader.services.handing_in.written import choice_of, key_of, spec_of
from grader.services.refusals import Reason, Refused
from grader.store.courses import AssignmentItem
from grader.store.marks import Mark
from grader.store.submissions import Submission, WrittenAnswer
from grader.store.words import Purpose

MAX_COMMENT_CHARACTERS = 5_000
# Points that are apart by no more are the same.
SAME = 1e-9


class MarkedMeanwhile(Refused):
    """Somebody else marked the answer since the marker looked; what they typed is theirs to save again."""

    def __init__(self, message: str) -> None:
        super().__init__(Reason.CONFLICT, message)


def mark(
    session: Session,
    submission_id: int,
    *,
    marker_id: int,
    points: float,
    comment: str,
    now: dt.datetime,
    ticked: Collection[str] = (),
    seen: str | None = None,
) -> None:
    """Give an answer in words its points, again or for the first time; raises Refused, MarkedMeanwhile and Faulty.

    Who may mark is the caller's to ask. Points are those of the question, whatever the assignment makes of them, and
    of a choice with a reason only those of the reason. `seen` is what `states_of_marks` gave when the marker looked.
    """
    submission, answer = _locked(session, submission_id)
    comment = comment.strip()
    _check(points, most_points(submission), comment)
    marks = _marks(session, submission, answer)
    wanted = submission.item.assignment.markers_wanted
    others = [one for one in marks if one.marker_id != marker_id and not one.is_settled]
    if wanted == 2 and len(others) >= 2:
        raise MarkedMeanwhile("Two markers have marked this answer already; a third mark is not needed.")
    if seen is not None and seen != digest_of_marks(marks, wanted, marker_id):
        raise MarkedMeanwhile("This answer was marked since you opened it. Look at that mark, then save yours again.")
    before, met = _told(answer), _ticked(submission, ticked)
    own = next((one for one in marks if one.marker_id == marker_id and not one.is_settled), None)
    if own is None:
        own = Mark(submission_id=submission_id, marker_id=marker_id, is_settled=False)
        marks.append(own)
    own.points, own.ticked, own.comment, own.marked_at = points, met, comment, now
    session.add(own)
    if wanted == 1:  # the newest mark counts: nothing is left to settle
        marks = [one for one in marks if not one.is_settled]
        session.execute(delete(Mark).where(Mark.submission_id == submission_id, Mark.is_settled))
    session.flush()
    _recount(submission, answer, marks, wanted)
    given = {"points": points, "ticked": met, "comment": comment}
    _record(session, "answer.marked", submission, marker_id, before, answer, now, given=given)


def settle(
    session: Session,
    submission_id: int,
    *,
    actor_id: int,
    points: float,
    comment: str,
    now: dt.datetime,
    ticked: Collection[str] = (),
) -> None:
    """Decide what counts where two markers differ; the marks themselves stay. Raises Refused and Faulty."""
    submission, answer = _locked(session, submission_id)
    comment = comment.strip()
    _check(points, most_points(submission), comment)
    marks = [one for one in _marks(session, submission, answer) if not one.is_settled]
    if submission.item.assignment.markers_wanted != 2 or len(marks) < 2:
        raise Refused(Reason.CONFLICT, "There is nothing to settle: two markers have not marked this answer yet.")
    before = _told(answer)
    session.execute(delete(Mark).where(Mark.submission_id == submission_id, Mark.is_settled))
    decision = Mark(
        submission_id=submission_id,
        marker_id=actor_id,
        points=points,
        ticked=_ticked(submission, ticked),
        comment=comment,
        is_settled=True,
        marked_at=now,
    )
    session.add(decision)
    session.flush()
    _recount(submission, answer, [*marks, decision], 2)
    _record(session, "answer.settled", submission, actor_id, before, answer, now)


def settle_by_mean(session: Session, submission_id: int, *, actor_id: int, now: dt.datetime) -> None:
    """The mean of the two marks counts, with both comments and what both ticked; raises Refused."""
    submission, answer = _locked(session, submission_id)
    marks = [one for one in _marks(session, submission, answer) if not one.is_settled]
    if len(marks) < 2:
        raise Refused(Reason.CONFLICT, "There is nothing to settle: two markers have not marked this answer yet.")
    settle(
        session,
        submission_id,
        actor_id=actor_id,
        points=sum(one.points for one in marks) / len(marks),
        comment=_joined(marks)[:MAX_COMMENT_CHARACTERS],
        ticked=_ticked_by_all(marks),
        now=now,
    )


def recount_assignment(session: Session, assignment_id: int) -> None:
    """Derive again what counts for every answer: another number of markers is wanted from now on."""
    rows = session.scalars(
        select(Submission)
        .join(WrittenAnswer, WrittenAnswer.submission_id == Submission.id)
        .join(AssignmentItem, AssignmentItem.id == Submission.item_id)
        .where(AssignmentItem.assignment_id == assignment_id, Submission.purpose == Purpose.SUBMIT)
        .order_by(Submission.id)
    ).all()
    for submission in rows:
        if is_marked_by_people(submission):
            answer = session.get_one(WrittenAnswer, submission.id, with_for_update=True, populate_existing=True)
            marks = _marks(session, submission, answer)
            if marks:
                _recount(submission, answer, marks, submission.item.assignment.markers_wanted)
    standings.touch_assignment(session, assignment_id)


def marks_of(session: Session, submission: Submission) -> list[Mark]:
    """Everything that was given, oldest first; also what was given before marks were kept one by one."""
    kept = list(session.scalars(select(Mark).where(Mark.submission_id == submission.id).order_by(Mark.id)))
    answer = submission.answer
    if kept or answer is None or answer.points is None or answer.marked_by is None:
        return kept
    return [_earlier_mark(submission, answer)]


def states_of_marks(session: Session, submission_ids: Sequence[int], wanted: int, marker_id: int) -> dict[int, str]:
    """For each answer what changes whenever somebody marks it in a way that the marker should see before they save."""
    kept: defaultdict[int, list[Mark]] = defaultdict(list)
    for one in session.scalars(select(Mark).where(Mark.submission_id.in_(submission_ids)).order_by(Mark.id)):
        kept[one.submission_id].append(one)
    marked_before = session.scalars(
        select(Submission)
        .join(WrittenAnswer, WrittenAnswer.submission_id == Submission.id)
        .where(Submission.id.in_([id_ for id_ in submission_ids if id_ not in kept]), WrittenAnswer.points.is_not(None))
    )
    for submission in marked_before:
        kept[submission.id] = marks_of(session, submission)
    return {id_: digest_of_marks(kept[id_], wanted, marker_id) for id_ in submission_ids}


def digest_of_marks(marks: Sequence[Mark], wanted: int, marker_id: int) -> str:
    """The same of one answer's marks. Of two markers each works without regard to the other."""
    shown = [one for one in marks if wanted == 1 or one.marker_id == marker_id]
    return digest_of(sorted((one.marker_id, one.points, one.comment, sorted(one.ticked)) for one in shown))


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


def _locked(session: Session, submission_id: int) -> tuple[Submission, WrittenAnswer]:
    """The answer, for this transaction alone: of two who mark at once the second waits."""
    submission = session.get(Submission, submission_id)
    if submission is None:
        raise Refused(Reason.NOT_FOUND, "There is no such submission.")
    if not is_marked_by_people(submission):
        raise Refused(Reason.INVALID, "Only answers in words are marked by a person; this one is graded by program.")
    return submission, session.get_one(WrittenAnswer, submission_id, with_for_update=True, populate_existing=True)


def _marks(session: Session, submission: Submission, answer: WrittenAnswer) -> list[Mark]:
    """The marks, to be changed: what was given before they were kept one by one is among them as a row."""
    query = select(Mark).where(Mark.submission_id == submission.id).order_by(Mark.id)
    kept = list(session.scalars(query.execution_options(populate_existing=True)))
    if kept or answer.points is None or answer.marked_by is None:
        return kept
    earlier = _earlier_mark(submission, answer)
    session.add(earlier)
    return [earlier]


def _earlier_mark(submission: Submission, answer: WrittenAnswer) -> Mark:
    assert answer.points is not None
    assert answer.marked_by is not None
    return Mark(
        submission_id=submission.id,
        marker_id=answer.marked_by,
        points=max(0.0, answer.points - points_of_choice(submission)),
        ticked=[],
        comment=answer.comment,
        is_settled=False,
        marked_at=answer.marked_at or submission.submitted_at,
    )


def _recount(submission: Submission, answer: WrittenAnswer, marks: Sequence[Mark], wanted: int) -> None:
    """What counts, by the rule at the head of this file."""
    settled = [one for one in marks if one.is_settled]
    given = sorted((one for one in marks if not one.is_settled), key=lambda one: one.marked_at)
    if settled:
        counting = settled[:1]
    elif wanted == 1:
        counting = given[-1:]
    else:
        agree = len(given) >= wanted and all(abs(one.points - given[0].points) <= SAME for one in given)
        counting = given if agree else []
    if not counting:
        answer.points, answer.comment, answer.marked_by, answer.marked_at = None, "", None, None
        return
    answer.points = counting[0].points + points_of_choice(submission)
    answer.comment = _joined(counting)
    answer.marked_by, answer.marked_at = counting[-1].marker_id, counting[-1].marked_at


def ticked_that_count(marks: Sequence[Mark], wanted: int) -> list[str]:
    """The rubric's items that the student is told of: those settled, else those that every mark that counts has."""
    settled = [one for one in marks if one.is_settled]
    given = sorted((one for one in marks if not one.is_settled), key=lambda one: one.marked_at)
    return _ticked_by_all(settled[:1] or (given[-1:] if wanted == 1 else given))


def _ticked_by_all(marks: Sequence[Mark]) -> list[str]:
    return [name for name in marks[0].ticked if all(name in one.ticked for one in marks)] if marks else []


def _joined(marks: Sequence[Mark]) -> str:
    return "\n\n".join(dict.fromkeys(one.comment for one in marks if one.comment))


def _ticked(submission: Submission, names: Collection[str]) -> list[str]:
    """Those of the rubric, in its order."""
    return [item.name for item in key_of(submission.version).rubric if item.name in names]


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


def _record(
    session: Session,
    act: str,
    submission: Submission,
    actor_id: int,
    before: dict[str, Any],
    answer: WrittenAnswer,
    now: dt.datetime,
    given: dict[str, Any] | None = None,
) -> None:
    """What counted before and counts now; `given` is the mark itself, which may not be what counts."""
    detail: dict[str, Any] = {"before": before, "after": _told(answer)}
    if given is not None:
        detail["given"] = given
    subject = f"submission:{submission.id}"
    audit.record(session, act, subject, actor_id=actor_id, course_id=submission.course_id, detail=detail, now=now)
    standings.touch_submission(session, submission.id)


def _told(answer: WrittenAnswer) -> dict[str, Any]:
    return plain(
        {
            "points": answer.points,
            "comment": answer.comment,
            "marked_by": answer.marked_by,
            "marked_at": answer.marked_at,
        }
    )
