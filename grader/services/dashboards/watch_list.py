"""Whom somebody should ask how it is going: who hands nothing in, who is stuck, and whose points came all at once.

Each entry says why in words. None of them accuses: a sudden jump is also what understanding looks like.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from enum import StrEnum

from sqlalchemy import and_, select, tuple_
from sqlalchemy.orm import Session

from grader.services.courses.windows import WindowState, state_at, windows_of_everybody
from grader.services.dashboards.scores import Student, students_of
from grader.services.grades.grades import NEARLY
from grader.store.courses import Assignment, AssignmentItem
from grader.store.questions import Question, QuestionVersion
from grader.store.runs import GradingRun
from grader.store.standings import Standing
from grader.store.submissions import Submission
from grader.store.words import Purpose, RunState

# A page lists no more of a kind; whoever needs more raises the threshold.
MOST = 100
_HOUR = dt.timedelta(hours=1)


class Why(StrEnum):
    """Kinds of entries, in the order of the page."""

    ABSENT = "absent"
    STUCK = "stuck"
    JUMP = "jump"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """What counts as worth a look. The bounds of each are in `BOUNDS`."""

    absent_h: int = 72  # nothing handed in, with less than this to the deadline
    stuck: int = 4  # attempts since the best one
    jump: int = 70  # per cent of the points gained from one attempt to the next
    before: int = 3  # attempts that came before the jump


BOUNDS = {"absent_h": (1, 24 * 60), "stuck": (1, 100), "jump": (10, 100), "before": (1, 100)}


@dataclass(frozen=True, slots=True)
class Entry:
    """One student, with the question where it is about one."""

    why: Why
    student: Student
    assignment: Assignment
    item: AssignmentItem | None
    title: str  # of the question
    said: str
    submission_id: int | None  # where to look first
    weight: float  # the most urgent first


@dataclass(frozen=True, slots=True)
class WatchList:
    """The entries of one kind each, and how many there are beyond those listed."""

    absent: tuple[Entry, ...]
    stuck: tuple[Entry, ...]
    jumps: tuple[Entry, ...]
    left_out: dict[Why, int]


def thresholds_of(given: dict[str, str]) -> Thresholds:
    """Those that an address names; what is no number within its bounds is as usual."""
    usual = Thresholds()
    wanted = {}
    for one in fields(usual):
        low, high = BOUNDS[one.name]
        typed = given.get(one.name, "")
        if typed.isascii() and typed.isdecimal() and len(typed) <= 4 and low <= int(typed) <= high:
            wanted[one.name] = int(typed)
    return replace(usual, **wanted)


def watch_list(
    session: Session, assignments: Sequence[Assignment], thresholds: Thresholds, now: dt.datetime
) -> WatchList:
    """Everybody worth a look in these assignments of one course; wants fresh standings."""
    if not assignments:
        return WatchList((), (), (), {})
    students = {student.person_id: student for student in students_of(session, assignments[0].course_id)}
    titles = _titles(session, assignments)
    absent = [
        entry for assignment in assignments for entry in _absent(session, assignment, titles, students, thresholds, now)
    ]
    stuck = list(_stuck(session, titles, students, thresholds))
    jumps = list(_jumps(session, titles, students, thresholds))
    found = {Why.ABSENT: absent, Why.STUCK: stuck, Why.JUMP: jumps}
    kept = {why: sorted(entries, key=_order) for why, entries in found.items()}
    return WatchList(
        absent=tuple(kept[Why.ABSENT][:MOST]),
        stuck=tuple(kept[Why.STUCK][:MOST]),
        jumps=tuple(kept[Why.JUMP][:MOST]),
        left_out={why: len(entries) - MOST for why, entries in kept.items() if len(entries) > MOST},
    )


def _order(entry: Entry) -> tuple[float, str]:
    return -entry.weight, entry.student.name.casefold()


_Titles = dict[int, tuple[Assignment, AssignmentItem, str]]


def _titles(session: Session, assignments: Sequence[Assignment]) -> _Titles:
    """The questions by item, with what they are called."""
    by_id = {assignment.id: assignment for assignment in assignments}
    rows = session.execute(
        select(AssignmentItem, QuestionVersion.title)
        .join(Question, Question.id == AssignmentItem.question_id)
        .outerjoin(QuestionVersion, QuestionVersion.id == Question.live_version_id)
        .where(AssignmentItem.assignment_id.in_(by_id))
    )
    return {item.id: (by_id[item.assignment_id], item, title or item.slug) for item, title in rows}


def _absent(
    session: Session,
    assignment: Assignment,
    titles: _Titles,
    students: dict[int, Student],
    thresholds: Thresholds,
    now: dt.datetime,
) -> Iterable[Entry]:
    """Who has handed in nothing at all of an assignment whose deadline is near, or past while it is still open."""
    windows = windows_of_everybody(session, assignment)
    item_ids = [item_id for item_id, (of, _, _) in titles.items() if of.id == assignment.id]
    present = set(
        session.scalars(
            select(Standing.person_id).where(Standing.item_id.in_(item_ids), Standing.attempts > 0).distinct()
        )
    )
    for person_id, student in students.items():
        window = windows[person_id]
        if person_id in present or window.due_at is None:
            continue
        left = window.due_at - now
        if state_at(window, now) is WindowState.NOT_OPEN or left > thresholds.absent_h * _HOUR:
            continue
        if left >= dt.timedelta(0):
            said = f"Nothing handed in; the deadline is in {length(left)}."
        else:
            said = f"Nothing handed in; the deadline was {length(-left)} ago."
        yield Entry(Why.ABSENT, student, assignment, None, "", said, None, -abs(left / _HOUR))


def _stuck(session: Session, titles: _Titles, students: dict[int, Student], thresholds: Thresholds) -> Iterable[Entry]:
    """Who goes on handing in and gets no further."""
    rows = session.execute(
        select(
            Standing.item_id,
            Standing.person_id,
            Standing.attempts,
            Standing.attempts_since_better,
            Standing.best_share,
            Standing.last_submission_id,
        ).where(
            Standing.item_id.in_(titles),
            Standing.solved_on_attempt.is_(None),
            Standing.attempts_since_better >= thresholds.stuck,
        )
    )
    for item_id, person_id, attempts, since, best, last_id in rows:
        if person_id not in students:
            continue
        assignment, item, title = titles[item_id]
        if best:
            said = f"{attempts} attempts; the last {since} brought nothing beyond {_percent(best)} of the points."
        else:
            said = f"{attempts} attempts and no points yet."
        yield Entry(Why.STUCK, students[person_id], assignment, item, title, said, last_id, since)


def _jumps(session: Session, titles: _Titles, students: dict[int, Student], thresholds: Thresholds) -> Iterable[Entry]:
    """Who came from little to full marks in one step, after several attempts that stood still."""
    least = thresholds.jump / 100 - NEARLY
    found = session.execute(
        select(Standing.item_id, Standing.person_id)
        .where(
            Standing.item_id.in_(titles),
            Standing.largest_step >= least,
            Standing.solved_on_attempt > thresholds.before,
        )
        .order_by(Standing.last_submitted_at.desc())
        .limit(2 * MOST)
    )
    wanted = [(item_id, person_id) for item_id, person_id in found if person_id in students]
    for (item_id, person_id), attempts in _attempts(session, wanted).items():
        full = next((at for at, (_, share, _) in enumerate(attempts) if share >= 1 - NEARLY), None)
        if full is None or full < thresholds.before:
            continue
        best_before = max(share for _, share, _ in attempts[:full])
        if 1 - best_before < least:
            continue
        submission_id, _, at = attempts[full]
        pause = length(at - attempts[full - 1][2])
        got = "no points" if best_before <= NEARLY else f"at most {_percent(best_before)} of the points"
        said = f"{full} attempts with {got}, then full marks in one step, {pause} after the one before."
        assignment, item, title = titles[item_id]
        yield Entry(
            Why.JUMP, students[person_id], assignment, item, title, said, submission_id, full * (1 - best_before)
        )


def _attempts(
    session: Session, wanted: Sequence[tuple[int, int]]
) -> dict[tuple[int, int], list[tuple[int, float, dt.datetime]]]:
    """The graded attempts of these (item, person): submission, share of the points, when."""
    attempts: defaultdict[tuple[int, int], list[tuple[int, float, dt.datetime]]] = defaultdict(list)
    if not wanted:
        return attempts
    rows = session.execute(
        select(
            Submission.item_id,
            Submission.person_id,
            Submission.id,
            GradingRun.score / GradingRun.max_score,
            Submission.submitted_at,
        )
        .join(GradingRun, and_(GradingRun.submission_id == Submission.id, GradingRun.is_live))
        .where(
            tuple_(Submission.item_id, Submission.person_id).in_(wanted),
            Submission.purpose == Purpose.SUBMIT,
            GradingRun.state == RunState.FINISHED,
            GradingRun.max_score > 0,
        )
        .order_by(Submission.submitted_at, Submission.id)
    )
    for item_id, person_id, submission_id, share, at in rows:
        attempts[item_id, person_id].append((submission_id, share or 0.0, at))
    return attempts


def length(of: dt.timedelta) -> str:
    """A length of time as people say it, rounded down: 40 min, 5 h 10 min, 3 days."""
    minutes = int(of.total_seconds()) // 60
    if minutes < 1:
        return "less than a minute"
    hours, days = minutes // 60, minutes // (24 * 60)
    if days >= 2:
        return f"{days} days"
    if not hours:
        return f"{minutes} min"
    return f"{hours} h {minutes % 60} min" if minutes % 60 else f"{hours} h"


def _percent(share: float) -> str:
    return f"{share * 100:.0f}\u00a0%"
