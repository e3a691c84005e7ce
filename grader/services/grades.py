"""What counts: grades are derived from submissions, runs and windows whenever they are read, and stored nowhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import String, case, null, select, type_coerce
from sqlalchemy.orm import Session, joinedload

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


@dataclass(frozen=True, slots=True)
class ItemGrade:
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


class _Attempt(NamedTuple):
    """One submission and what it came to."""

    submission_id: int
    state: str
    raw_score: float | None
    late_factor: float
    is_given_back: bool

    @property
    def score(self) -> float | None:
        return None if self.raw_score is None else self.raw_score * self.late_factor


def grades_of_person(session: Session, assignment_id: int, person_id: int) -> dict[int, ItemGrade]:
    """The person's grades by item, also for items with nothing handed in."""
    assignment = _assignment(session, assignment_id)
    grades = _grades(session, assignment, {person_id: windows_of(session, assignment, person_id)}, person_id)
    return {
        item.id: grades.get((person_id, item.id))
        or _grade(item.id, item_max_score(item), person_id, [], assignment.counting)
        for item in assignment.items
    }


def grades_of_assignment(session: Session, assignment_id: int) -> dict[tuple[int, int], ItemGrade]:
    """Every grade by (person id, item id), where something was handed in; the same few queries for any class."""
    assignment = _assignment(session, assignment_id)
    return _grades(session, assignment, windows_of_everybody(session, assignment))


def item_max_score(item: AssignmentItem) -> float:
    """What full marks are worth here."""
    if item.points is not None:
        return item.points
    version = item.question.live_version
    return 0.0 if version is None else version.max_score


def _assignment(session: Session, assignment_id: int) -> Assignment:
    to_version = joinedload(Assignment.items).joinedload(AssignmentItem.question).joinedload(Question.live_version)
    return (
        session.scalars(
            select(Assignment)
            .where(Assignment.id == assignment_id)
            .options(joinedload(Assignment.course), to_version.load_only(QuestionVersion.max_score))
        )
        .unique()
        .one()
    )


def _grades(
    session: Session, assignment: Assignment, windows: Mapping[int, Window], person_id: int | None = None
) -> dict[tuple[int, int], ItemGrade]:
    full = {item.id: item_max_score(item) for item in assignment.items}
    attempts: defaultdict[tuple[int, int], list[_Attempt]] = defaultdict(list)
    # Times are read only where lateness may cost something: in a large class, reading them is what takes long.
    deadlines = {assignment.due_at, *(window.due_at for window in windows.values())} - {None}
    costs_points = assignment.late_kind is not LateKind.NONE and bool(deadlines)
    first_due_at = min((due_at for due_at in deadlines if due_at is not None), default=None)
    late_at = case((Submission.submitted_at > first_due_at, Submission.submitted_at)) if costs_points else null()
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
        .where(Submission.item_id.in_(full), Submission.purpose == Purpose.SUBMIT)
        .order_by(Submission.submitted_at, Submission.id)
    )
    if person_id is not None:
        wanted = wanted.where(Submission.person_id == person_id)
    zone, counting = assignment.course.time_zone, assignment.counting
    for id_, item_id, who, at, is_given_back, asked, run_state, run_score, run_full, points in session.execute(wanted):
        state, raw = _STATES[run_state], None
        if points is not None and state == AWAITING_MARKING:
            state, raw = GRADED, _scaled(points, asked, full[item_id])
        elif run_score is not None and run_full is not None:
            raw = _scaled(run_score, run_full, full[item_id])
        factor = 1.0
        if at is not None and (due_at := windows[who].due_at) is not None and at > due_at:
            factor = late_factor(assignment, windows[who], at, zone)
        attempts[who, item_id].append(_Attempt(id_, state, raw, factor, bool(is_given_back)))
    return {
        (who, item_id): _grade(item_id, full[item_id], who, of, counting) for (who, item_id), of in attempts.items()
    }


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
    return ItemGrade(
        item_id=item_id,
        person_id=person_id,
        score=None if counts is None else counts.score,
        max_score=max_score,
        raw_score=None if counts is None else counts.raw_score,
        late_factor=1.0 if counts is None else counts.late_factor,
        submission_id=None if counts is None else counts.submission_id,
        attempts_used=len(attempts) - sum([attempt.is_given_back for attempt in attempts]),
        state=NONE if counts is None else counts.state,
    )


def _counting(attempts: list[_Attempt], counting: Counting) -> _Attempt | None:
    """The attempt that makes the grade, of attempts in order.

    What could not be graded counts only where there is nothing else. Of two that are equally good the earlier counts.
    """
    tried = [attempt for attempt in attempts if attempt.state != FAILED] or attempts
    graded = [attempt for attempt in tried if attempt.state == GRADED]
    if counting is Counting.BEST and graded:
        return max(graded, key=lambda attempt: attempt.score or 0.0)
    return tried[-1] if tried else None
