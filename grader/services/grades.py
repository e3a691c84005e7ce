"""What counts: grades are derived from submissions, runs and windows whenever they are read, and stored nowhere."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import String, case, null, select, type_coerce
from sqlalchemy.orm import Session, joinedload
from sqlalchemy.sql.base import ExecutableOption

from grader.services.windows import Window, late_factor, windows_of, windows_of_everybody
from grader.store.courses import Assignment, AssignmentItem
from grader.store.questions import Question, QuestionVersion
from grader.store.runs import GradingRun
from grader.store.submissions import Submission, WrittenAnswer
from grader.store.words import Counting, LateKind, Purpose, RunState

GRADED = "graded"
QUEUED = "queued"
NONE = "none"
FAILED = "failed"
AWAITING_MARKING = "awaiting_marking"


class ItemGrade(NamedTuple):
    """One person's grade for one item, in the item's points.

    `score` is `raw_score` times `late_factor`; both are None while nothing is graded. `state` says why:
    graded, queued, awaiting_marking, failed (could not be graded), or none where nothing was handed in.
    """

    item_id: int
    person_id: int
    score: float | None
    max_score: float
    raw_score: float | None
    late_factor: float
    submission_id: int | None
    attempts_used: int
    state: str


# One submission and what it came to: id, state, raw score, late factor, whether the attempt was given back.
_Attempt = tuple[int, str, float | None, float, bool]


def grades_of_person(session: Session, assignment_id: int, person_id: int) -> dict[int, ItemGrade]:
    """The person's grades by item, also for items with nothing handed in."""
    assignment = _assignment(session, assignment_id)
    window = windows_of(session, assignment, person_id)
    return grades_in(session, [assignment], {assignment_id: window}, person_id)


def grades_in(
    session: Session, assignments: Sequence[Assignment], windows: Mapping[int, Window], person_id: int
) -> dict[int, ItemGrade]:
    """The same over several assignments with their windows by id, in one query; load them `with_full_marks`."""
    found = _grades(session, [(one, {person_id: windows[one.id]}) for one in assignments], person_id)
    return {
        item.id: found.get((person_id, item.id))
        or _grade(item.id, item_max_score(item), person_id, [], assignment.counting)
        for assignment in assignments
        for item in assignment.items
    }


def grades_of_assignment(session: Session, assignment_id: int) -> dict[tuple[int, int], ItemGrade]:
    """Every grade by (person id, item id), where something was handed in; the same few queries for any class."""
    assignment = _assignment(session, assignment_id)
    return _grades(session, [(assignment, windows_of_everybody(session, assignment))])


def item_max_score(item: AssignmentItem) -> float:
    """What full marks are worth here."""
    if item.points is not None:
        return item.points
    version = item.question.live_version
    return 0.0 if version is None else version.max_score


_IN_LISTS = (QuestionVersion.title, QuestionVersion.kind, QuestionVersion.entry_name, QuestionVersion.max_score)


def with_full_marks() -> tuple[ExecutableOption, ...]:
    """Options for a query of assignments: their items, with what is shown of each in lists."""
    to_version = joinedload(Assignment.items).joinedload(AssignmentItem.question).joinedload(Question.live_version)
    return joinedload(Assignment.course), to_version.load_only(*_IN_LISTS)


def _assignment(session: Session, assignment_id: int) -> Assignment:
    return (
        session.scalars(select(Assignment).where(Assignment.id == assignment_id).options(*with_full_marks()))
        .unique()
        .one()
    )


@dataclass(frozen=True, slots=True)
class _Rules:
    """What turns a submission for one item into a grade."""

    assignment: Assignment
    windows: Mapping[int, Window]
    max_score: float


def _grades(
    session: Session, scopes: Sequence[tuple[Assignment, Mapping[int, Window]]], person_id: int | None = None
) -> dict[tuple[int, int], ItemGrade]:
    rules = {
        item.id: _Rules(assignment, windows, item_max_score(item))
        for assignment, windows in scopes
        for item in assignment.items
    }
    attempts: defaultdict[tuple[int, int], list[_Attempt]] = defaultdict(list)
    # Times are read only where lateness may cost something: in a large class, reading them is what takes long.
    first_due_at = min(_deadlines(scopes), default=None)
    late_at = (
        null() if first_due_at is None else case((Submission.submitted_at > first_due_at, Submission.submitted_at))
    )
    wanted = (
        select(
            Submission.id,
            Submission.item_id,
            Submission.person_id,
            late_at,
            Submission.given_back_at.is_not(None),
            QuestionVersion.max_score,
            type_coerce(GradingRun.state, String),
            GradingRun.score,
            GradingRun.max_score,
            WrittenAnswer.points,
        )
        .join(QuestionVersion, QuestionVersion.id == Submission.version_id)
        .outerjoin(GradingRun, (GradingRun.submission_id == Submission.id) & GradingRun.is_live)
        .outerjoin(WrittenAnswer, WrittenAnswer.submission_id == Submission.id)
        .where(Submission.item_id.in_(rules), Submission.purpose == Purpose.SUBMIT)
        .order_by(Submission.submitted_at, Submission.id)
    )
    if person_id is not None:
        wanted = wanted.where(Submission.person_id == person_id)
    # Of a class there are tens of thousands: rows as they come, past the ORM, and plain tuples.
    found = session.connection().execute(wanted).all()
    for id_, item_id, who, at, is_given_back, asked, run_state, run_score, run_full, points in found:
        item = rules[item_id]
        state, raw = _STATES[run_state], None
        if points is not None and state == AWAITING_MARKING:
            state, raw = GRADED, _scaled(points, asked, item.max_score)
        elif run_score is not None and run_full is not None:
            raw = run_score if run_full == item.max_score else _scaled(run_score, run_full, item.max_score)
        factor = 1.0
        if at is not None and (due_at := item.windows[who].due_at) is not None and at > due_at:
            factor = late_factor(item.assignment, item.windows[who], at, item.assignment.course.time_zone)
        attempts[who, item_id].append((id_, state, raw, factor, is_given_back))
    return {
        (who, item_id): _grade(item_id, rules[item_id].max_score, who, of, rules[item_id].assignment.counting)
        for (who, item_id), of in attempts.items()
    }


def _deadlines(scopes: Sequence[tuple[Assignment, Mapping[int, Window]]]) -> Iterator[dt.datetime]:
    """Those that cost points when they are missed."""
    for assignment, windows in scopes:
        if assignment.late_kind is not LateKind.NONE:
            times = {assignment.due_at, *(window.due_at for window in windows.values())}
            yield from (due_at for due_at in times if due_at is not None)


_STATES: dict[str | None, str] = {
    RunState.QUEUED: QUEUED,
    RunState.RUNNING: QUEUED,
    RunState.FINISHED: GRADED,
    RunState.FAILED: FAILED,
    None: AWAITING_MARKING,  # no program grades it
}


def _scaled(score: float, of: float, full: float) -> float:
    """A score out of `of` in points out of `full`; kept as it is where they are the same."""
    return score if of == full or not of else score / of * full


def _grade(item_id: int, max_score: float, person_id: int, attempts: list[_Attempt], counting: Counting) -> ItemGrade:
    counts = attempts[0] if len(attempts) == 1 else _counting(attempts, counting)
    if counts is None:
        return ItemGrade(item_id, person_id, None, max_score, None, 1.0, None, 0, NONE)
    submission_id, state, raw, factor, _ = counts
    used = len(attempts)
    for attempt in attempts:
        if attempt[4]:
            used -= 1
    return ItemGrade(
        item_id, person_id, None if raw is None else raw * factor, max_score, raw, factor, submission_id, used, state
    )


def _counting(attempts: list[_Attempt], counting: Counting) -> _Attempt | None:
    """The attempt that makes the grade, of attempts in order.

    What could not be graded counts only where there is nothing else. Of two that are equally good the earlier counts.
    """
    tried = [attempt for attempt in attempts if attempt[1] != FAILED] or attempts
    graded = [attempt for attempt in tried if attempt[1] == GRADED]
    if counting is Counting.BEST and graded:
        return max(graded, key=lambda attempt: (attempt[2] or 0.0) * attempt[3])
    return tried[-1] if tried else None
