"""What a regrade would change, or has changed: who moves, from what to what, and by which case."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import and_, select
from sqlalchemy.orm import Session, aliased

from grader.services.grades.grades import FAILED, GRADED, Attempt, counting_attempt, derived, item_max_score
from grader.store.courses import Assignment
from grader.store.people import Person
from grader.store.regrades import Regrade, RegradeRun
from grader.store.runs import CaseOutcome, GradingRun
from grader.store.standings import Standing
from grader.store.submissions import Submission
from grader.store.words import RegradeState, RunState
from grader.vocab import Verdict

NEARLY = 1e-9
_AT_ONCE = 200
# Of full marks: nothing, then tenths, then everything.
BINS = ("0 %", *(f"{low} to {low + 9} %" for low in range(1, 91, 10)), "91 to 99 %", "100 %")


class Move(StrEnum):
    """Where one submission goes."""

    UP = "up"
    DOWN = "down"
    SAME = "same"
    FAILED = "failed"  # the version could not grade it: what counted goes on counting
    WAITING = "waiting"  # no second result yet
    REPLACED = "replaced"  # it got another result meanwhile, which is not written over


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two results, in the item's points; None where it could not be graded."""

    run_id: int | None
    verdict: Verdict | None
    points: float | None


@dataclass(slots=True)
class Row:
    """One submission with both results, and what the student's grade for the question becomes."""

    submission_id: int
    person_id: int
    name: str
    login: str
    attempt: int | None
    before: Side
    after: Side
    move: Move
    is_applied: bool
    grade_before: float | None = None
    grade_after: float | None = None


@dataclass(frozen=True, slots=True)
class Outlook:
    """The grades of everybody for the question, under one of the decisions."""

    mean: float | None
    bins: tuple[int, ...]  # as BINS
    up: int
    down: int

    @property
    def moved(self) -> int:
        """Students whose grade changes."""
        return self.up + self.down


@dataclass(frozen=True, slots=True)
class CaseMove:
    """One case over all submissions of the regrade."""

    name: str
    now_passes: int
    now_fails: int
    other_points: int


@dataclass(frozen=True, slots=True)
class Review:
    """Everything that the page of a regrade says."""

    rows: list[Row]
    counts: dict[Move, int]
    full: float  # what the question is worth here
    before: Outlook
    applied: Outlook  # to all
    upwards: Outlook
    graded: int  # students with a grade


def review(session: Session, regrade: Regrade) -> Review:
    """Of a regrade in any state; after it was applied, it still says what was before."""
    full = item_max_score(regrade.item)
    rows = _rows(session, regrade, full)
    by_submission = {row.submission_id: row for row in rows}
    assignment = regrade.item.assignment
    moving = {row.person_id for row in rows if row.move in (Move.UP, Move.DOWN)}
    unmoved, stale = _kept_scores(session, regrade.item_id)
    derive = sorted(moving | stale)
    grades = [
        (grade.person_id, attempts, grade.score if grade.is_overridden else None)
        for grade, attempts in derived(session, assignment.id, {regrade.item_id: derive})
    ]
    before = unmoved | _scores(assignment, grades, by_submission, set())
    everything = unmoved | _scores(assignment, grades, by_submission, {Move.UP, Move.DOWN, Move.SAME})
    upwards = unmoved | _scores(assignment, grades, by_submission, {Move.UP, Move.SAME})
    shown = upwards if regrade.state in (RegradeState.APPLYING_UPWARDS, RegradeState.APPLIED_UPWARDS) else everything
    for row in rows:
        row.grade_before, row.grade_after = before.get(row.person_id), shown.get(row.person_id)
    return Review(
        rows=rows,
        counts=dict.fromkeys(Move, 0) | Counter(row.move for row in rows),
        full=full,
        before=_outlook(before, before, full),
        applied=_outlook(before, everything, full),
        upwards=_outlook(before, upwards, full),
        graded=sum(score is not None for score in before.values()),
    )


def case_moves(session: Session, rows: Sequence[Row]) -> list[CaseMove]:
    """By which case submissions move, the one that moves most first; cases of both versions have the same names."""
    moving = [row for row in rows if row.move in (Move.UP, Move.DOWN)]
    figures: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for start in range(0, len(moving), _AT_ONCE):
        some = moving[start : start + _AT_ONCE]
        outcomes = _outcomes(session, some)
        for row in some:
            before, after = (outcomes[side.run_id or 0] for side in (row.before, row.after))
            for name in before.keys() & after.keys():
                (passed, had), (passes, has) = before[name], after[name]
                if passed is not passes:
                    figures[name][0 if passes else 1] += 1
                elif abs(had - has) > NEARLY:
                    figures[name][2] += 1
    moves = [CaseMove(name, *counted) for name, counted in figures.items()]
    return sorted(moves, key=lambda move: (-(move.now_passes + move.now_fails), -move.other_points, move.name))


def cases_of(session: Session, rows: Sequence[Row]) -> dict[int, list[str]]:
    """Of some submissions, the cases by which they move: "+name" for one that passes now, "-name" for one that fails.

    Cases that only one of the versions has are among them.
    """
    outcomes = _outcomes(session, rows)
    moved: dict[int, list[str]] = {}
    for row in rows:
        before, after = (
            {name: passed for name, (passed, _) in outcomes[side.run_id or 0].items()}
            for side in (row.before, row.after)
        )
        if not before or not after:
            moved[row.submission_id] = []
            continue
        names = [name for name in {**after, **before} if before.get(name) is not after.get(name)]
        moved[row.submission_id] = [
            ("+" if after.get(name) or (name not in after and not before[name]) else "-") + name for name in names
        ]
    return moved


def _outcomes(session: Session, rows: Sequence[Row]) -> defaultdict[int, dict[str, tuple[bool, float]]]:
    """Of the runs of these rows, by case: whether it is right, and its points."""
    runs = {run_id for row in rows for run_id in (row.before.run_id, row.after.run_id) if run_id is not None}
    outcomes: defaultdict[int, dict[str, tuple[bool, float]]] = defaultdict(dict)
    found = session.connection().execute(
        select(CaseOutcome.run_id, CaseOutcome.name, CaseOutcome.verdict, CaseOutcome.points)
        .where(CaseOutcome.run_id.in_(runs))
        .order_by(CaseOutcome.run_id, CaseOutcome.position)
    )
    for run_id, name, verdict, points in found:
        outcomes[run_id][name] = (verdict is Verdict.ACCEPTED, points)
    return outcomes


def _kept_scores(session: Session, item_id: int) -> tuple[dict[int, float | None], set[int]]:
    """Everybody's grade for the item as it was last derived, and whose has to be derived anew."""
    found = session.execute(
        select(Standing.person_id, Standing.score, Standing.revision != Standing.computed_revision).where(
            Standing.item_id == item_id
        )
    ).all()
    return {who: score for who, score, _ in found}, {who for who, _, is_stale in found if is_stale}


def _rows(session: Session, regrade: Regrade, full: float) -> list[Row]:
    old, new, live = aliased(GradingRun), aliased(GradingRun), aliased(GradingRun)
    found = session.execute(
        select(
            RegradeRun.submission_id,
            Submission.person_id,
            Person.name,
            Person.login,
            Submission.attempt,
            RegradeRun.old_run_id,
            old.verdict,
            old.score,
            old.max_score,
            RegradeRun.run_id,
            new.state,
            new.verdict,
            new.score,
            new.max_score,
            live.id,
            RegradeRun.applied_at,
        )
        .join(Submission, Submission.id == RegradeRun.submission_id)
        .join(Person, Person.id == Submission.person_id)
        .outerjoin(old, old.id == RegradeRun.old_run_id)
        .outerjoin(new, new.id == RegradeRun.run_id)
        .outerjoin(live, and_(live.submission_id == Submission.id, live.is_live))
        .where(RegradeRun.regrade_id == regrade.id)
        .order_by(Person.name, RegradeRun.submission_id)
    )
    rows = []
    for (
        id_,
        person_id,
        name,
        login,
        attempt,
        old_id,
        was,
        had,
        had_of,
        new_id,
        state,
        verdict,
        score,
        of,
        live_id,
        at,
    ) in found:
        before, after = Side(old_id, was, _points(had, had_of, full)), Side(new_id, verdict, _points(score, of, full))
        move = Move.REPLACED if live_id not in (old_id, new_id) else _move(state, before.points, after.points)
        rows.append(Row(id_, person_id, name, login, attempt, before, after, move, at is not None))
    return rows


def _points(score: float | None, of: float | None, full: float) -> float | None:
    if score is None or not of:
        return score
    return score if of == full else score / of * full


def _move(state: RunState | None, before: float | None, after: float | None) -> Move:
    if state is RunState.FAILED:
        return Move.FAILED
    if state is not RunState.FINISHED or after is None:
        return Move.WAITING
    if before is None or after > before + NEARLY:
        return Move.UP
    return Move.DOWN if after < before - NEARLY else Move.SAME


def _scores(
    assignment: Assignment,
    grades: Iterable[tuple[int, list[Attempt], float | None]],
    rows: dict[int, Row],
    applied: Collection[Move],
) -> dict[int, float | None]:
    """Everybody's grade where these moves are in force and the others are not."""
    scores: dict[int, float | None] = {}
    for person_id, attempts, set_by_hand in grades:
        if set_by_hand is not None:
            scores[person_id] = set_by_hand  # whatever a run says
            continue
        counts = counting_attempt([_as_it_would_be(one, rows, applied) for one in attempts], assignment.counting)
        raw = None if counts is None else counts.raw_score
        scores[person_id] = None if counts is None or raw is None else raw * counts.late_factor
    return scores


def _as_it_would_be(attempt: Attempt, rows: dict[int, Row], applied: Collection[Move]) -> Attempt:
    row = rows.get(attempt.submission_id)
    if row is None or row.move is Move.REPLACED:
        return attempt
    points = (row.after if row.move in applied else row.before).points
    return attempt._replace(raw_score=points, state=FAILED if points is None else GRADED)


def _outlook(before: dict[int, float | None], after: dict[int, float | None], full: float) -> Outlook:
    bins = [0] * len(BINS)
    scores = [score for score in after.values() if score is not None]
    for score in scores:
        bins[_bin(score / full if full else 0.0)] += 1
    steps = [(score or 0.0) - (before[person_id] or 0.0) for person_id, score in after.items()]
    return Outlook(
        mean=sum(scores) / len(scores) if scores else None,
        bins=tuple(bins),
        up=sum(step > NEARLY for step in steps),
        down=sum(step < -NEARLY for step in steps),
    )


def _bin(share: float) -> int:
    if share >= 1 - NEARLY:
        return len(BINS) - 1
    return 0 if share <= NEARLY else min(1 + int((share * 100 - 1) // 10), len(BINS) - 2) if share >= 0.01 else 1
