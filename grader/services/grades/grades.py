"""What counts: grades are derived from submissions, runs, windows and overrides, and no stored copy is the truth.

Pages over a class read what `grader.services.grades.standings` keeps of it; students' own pages derive it each time.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import ColumnElement, String, case, select, type_coerce
from sqlalchemy.orm import Session, joinedload
from sqlalchemy.sql.base import ExecutableOption

from grader.services.courses.windows import Window, late_factor, windows_of, windows_of_everybody
from grader.store.courses import Assignment, AssignmentItem
from grader.store.decisions import Override
from grader.store.questions import Question, QuestionVersion
from grader.store.runs import GradingRun
from grader.store.submissions import Submission, WrittenAnswer
from grader.store.words import Counting, Purpose, RunState

GRADED = "graded"
QUEUED = "queued"
NONE = "none"
FAILED = "failed"
AWAITING_MARKING = "awaiting_marking"

# Two scores this close are the same: shares of points are sums of fractions.
NEARLY = 1e-9


class ItemGrade(NamedTuple):
    """One person's grade for one item, in the item's points.

    `score` is `raw_score` times `late_factor`; both are None while nothing is graded. `state` says why:
    graded, queued, awaiting_marking, failed (could not be graded), or none where nothing was handed in.

    `is_overridden`: a person set the score; what was handed in would have made `raw_score` times `late_factor`.
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
    is_overridden: bool = False


class Attempt(NamedTuple):
    """One submission and what it came to, in the item's points."""

    submission_id: int
    state: str
    raw_score: float | None
    late_factor: float
    is_given_back: bool
    submitted_at: dt.datetime
    mistake: str | None


def grades_of_person(session: Session, assignment_id: int, person_id: int) -> dict[int, ItemGrade]:
    """The person's grades by item, also for items with nothing handed in."""
    assignment = _assignment(session, assignment_id)
    window = windows_of(session, assignment, person_id)
    return grades_in(session, [assignment], {assignment_id: window}, person_id)


def grades_in(
    session: Session, assignments: Sequence[Assignment], windows: Mapping[int, Window], person_id: int
) -> dict[int, ItemGrade]:
    """The same over several assignments with their windows by id, in one query; load them `with_full_marks`."""
    rules = _rules([(one, {person_id: windows[one.id]}) for one in assignments])
    attempts, set_by_hand = _attempts_of_person(session, rules, person_id)
    return {
        item_id: _grade(item_id, rule, person_id, attempts.get(item_id, []), set_by_hand.get(item_id))
        for item_id, rule in rules.items()
    }


def grades_of_assignment(session: Session, assignment_id: int) -> dict[tuple[int, int], ItemGrade]:
    """Every grade by (person id, item id), where something was handed in or set; the same few queries for any class."""
    assignment = _assignment(session, assignment_id)
    everybody = {item.id: None for item in assignment.items}
    return {(grade.person_id, grade.item_id): grade for grade, _ in _derived(session, assignment, everybody)}


def derived(
    session: Session, assignment_id: int, whose: Mapping[int, Collection[int] | None]
) -> list[tuple[ItemGrade, list[Attempt]]]:
    """The grades of these people by item (None: of everybody), each with the attempts behind it in their order.

    Where nothing was handed in or set there is none.
    """
    return list(_derived(session, _assignment(session, assignment_id), whose))


def counting_attempt(attempts: Sequence[Attempt], counting: Counting) -> Attempt | None:
    """The attempt that makes the grade, for grades as they would be: after a regrade, or under another policy."""
    return _counting(list(attempts), counting)


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


def _rules(scopes: Sequence[tuple[Assignment, Mapping[int, Window]]]) -> dict[int, _Rules]:
    return {
        item.id: _Rules(assignment, windows, item_max_score(item))
        for assignment, windows in scopes
        for item in assignment.items
    }


def _derived(
    session: Session, assignment: Assignment, whose: Mapping[int, Collection[int] | None]
) -> Iterator[tuple[ItemGrade, list[Attempt]]]:
    rules = _rules([(assignment, windows_of_everybody(session, assignment))])
    live = select(Override.item_id, Override.person_id, Override.points).where(
        Override.item_id.in_(whose), Override.revoked_at.is_(None)
    )
    set_by_hand = {(item_id, who): points for item_id, who, points in session.execute(live)}
    everybody = [item_id for item_id, people in whose.items() if people is None]
    scopes: list[ColumnElement[bool]] = [Submission.item_id.in_(everybody)] if everybody else []
    for item_id, people in whose.items():
        if people:  # a query for each item: of pairs the databases make worse plans
            scopes.append((Submission.item_id == item_id) & Submission.person_id.in_(people))
    for scope in scopes:
        attempts: defaultdict[tuple[int, int], list[Attempt]] = defaultdict(list)
        for item_id, who, attempt in _attempts(session, rules, scope):
            attempts[item_id, who].append(attempt)
        for (item_id, who), of in attempts.items():
            yield _grade(item_id, rules[item_id], who, of, set_by_hand.pop((item_id, who), None)), of
    for (item_id, who), points in set_by_hand.items():
        people = whose[item_id]
        if people is None or who in people:
            yield _grade(item_id, rules[item_id], who, [], points), []


# What is read of a submission, its version, its live run and its answer.
_READ = (
    Submission.id,
    Submission.item_id,
    Submission.person_id,
    Submission.submitted_at,
    Submission.given_back_at.is_not(None),
    QuestionVersion.max_score,
    type_coerce(GradingRun.state, String),
    GradingRun.score,
    GradingRun.max_score,
    GradingRun.mistake,
    # Looked up for the few that no program grades: of a join, a database may read the whole table instead.
    case(
        (
            GradingRun.state.is_(None),
            select(WrittenAnswer.points)
            .where(WrittenAnswer.submission_id == Submission.id)
            .correlate(Submission)
            .scalar_subquery(),
        )
    ),
)
_LIVE_RUN = (GradingRun.submission_id == Submission.id) & GradingRun.is_live
_IN_ORDER = (Submission.submitted_at, Submission.id)


def _attempts(
    session: Session, rules: Mapping[int, _Rules], scope: ColumnElement[bool]
) -> Iterator[tuple[int, int, Attempt]]:
    """The attempts in their order, each with its item and its person."""
    wanted = (
        select(*_READ)
        .join(QuestionVersion, QuestionVersion.id == Submission.version_id)
        .outerjoin(GradingRun, _LIVE_RUN)
        .where(scope, Submission.purpose == Purpose.SUBMIT)
        .order_by(*_IN_ORDER)
    )
    # Of a class there may be tens of thousands: rows as they come, past the ORM.
    for row in session.connection().execute(wanted).all():
        yield row[1], row[2], _attempt(rules[row[1]], *row)


def _attempts_of_person(
    session: Session, rules: Mapping[int, _Rules], person_id: int
) -> tuple[defaultdict[int, list[Attempt]], dict[int, float]]:
    """One person's attempts by item, and the points that were set by hand: all in one query, for every page asks."""
    attempt = (
        (Submission.item_id == AssignmentItem.id)
        & (Submission.person_id == person_id)
        & (Submission.purpose == Purpose.SUBMIT)
    )
    override = (
        (Override.item_id == AssignmentItem.id) & (Override.person_id == person_id) & Override.revoked_at.is_(None)
    )
    wanted = (
        select(AssignmentItem.id, Override.points, *_READ)
        .select_from(AssignmentItem)
        .outerjoin(Override, override)
        .outerjoin(Submission, attempt)
        .outerjoin(QuestionVersion, QuestionVersion.id == Submission.version_id)
        .outerjoin(GradingRun, _LIVE_RUN)
        .where(AssignmentItem.id.in_(rules))
        .order_by(*_IN_ORDER)
    )
    attempts: defaultdict[int, list[Attempt]] = defaultdict(list)
    set_by_hand: dict[int, float] = {}
    for item_id, points, *row in session.connection().execute(wanted).all():
        if points is not None:
            set_by_hand[item_id] = points
        if row[0] is not None:
            attempts[item_id].append(_attempt(rules[item_id], *row))
    return attempts, set_by_hand


def _attempt(
    rule: _Rules,
    submission_id: int,
    _item_id: int,
    person_id: int,
    submitted_at: dt.datetime,
    is_given_back: bool,
    asked: float,
    run_state: str | None,
    run_score: float | None,
    run_full: float | None,
    mistake: str | None,
    points: float | None,
) -> Attempt:
    state, raw = _STATES[run_state], None
    if points is not None and state == AWAITING_MARKING:
        state, raw = GRADED, _scaled(points, asked, rule.max_score)
    elif run_score is not None and run_full is not None:
        raw = run_score if run_full == rule.max_score else _scaled(run_score, run_full, rule.max_score)
    factor = 1.0
    window = rule.windows[person_id]
    if window.due_at is not None and submitted_at > window.due_at:
        factor = late_factor(rule.assignment, window, submitted_at, rule.assignment.course.time_zone)
    return Attempt(submission_id, state, raw, factor, is_given_back, submitted_at, mistake)


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


def _grade(item_id: int, rule: _Rules, person_id: int, attempts: list[Attempt], set_by_hand: float | None) -> ItemGrade:
    counts = attempts[0] if len(attempts) == 1 else _counting(attempts, rule.assignment.counting)
    if counts is None:
        grade = ItemGrade(item_id, person_id, None, rule.max_score, None, 1.0, None, 0, NONE)
    else:
        submission_id, state, raw, factor, *_ = counts
        score = None if raw is None else raw * factor
        used = sum(not attempt.is_given_back for attempt in attempts)
        grade = ItemGrade(item_id, person_id, score, rule.max_score, raw, factor, submission_id, used, state)
    if set_by_hand is None:
        return grade
    return grade._replace(score=set_by_hand, state=GRADED, is_overridden=True)


def _counting(attempts: list[Attempt], counting: Counting) -> Attempt | None:
    """The attempt that makes the grade, of attempts in order.

    What could not be graded counts only where there is nothing else. Of two that are equally good the earlier counts.
    """
    tried = [attempt for attempt in attempts if attempt.state != FAILED] or attempts
    graded = [attempt for attempt in tried if attempt.state == GRADED]
    if counting is Counting.BEST and graded:
        return max(graded, key=lambda attempt: (attempt.raw_score or 0.0) * attempt.late_factor)
    return tried[-1] if tried else None
