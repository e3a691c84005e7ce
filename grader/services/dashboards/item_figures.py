"""Figures of one question over all submissions of it: verdicts, and how each case fares.

Of a large class they are counted from a hundred thousand rows, so they are kept (`item_figures`). What is kept is
*fresh* while nothing of the item was touched since (`standing.touched_at`): then it is what counting would give. Else
`when_due` says what whoever reads it does: count at once where that is cheap; otherwise show what is kept, with its
time, and count anew when the page is out, at most once in `LASTING_S`, and seldomer where counting takes long. No
process has the task of it: figures that nobody looks at are not counted, and a killed one leaves the old ones.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import asdict, dataclass, field
from enum import Enum, auto
from typing import Any

from sqlalchemy import String, and_, case, func, select, text, type_coerce, update
from sqlalchemy.orm import Session

from grader.clock import monotonic_s, utc_now
from grader.store.insert import insert_unless_there
from grader.store.runs import CaseOutcome, GradingRun
from grader.store.standings import ItemFigures, Standing
from grader.store.submissions import Submission
from grader.store.words import Purpose, RunState
from grader.vocab import Verdict, Visibility

# Counting that takes no longer is done whenever something changed.
CHEAP_MS = 25
# So few attempts are counted at once even if it is not known how long that takes.
FEW_ATTEMPTS = 300
# What takes longer is done this often at most, and takes no larger share of the time than this.
LASTING_S = 10
MOST_OF_THE_TIME = 1 / 30
# A change carries the time of its transaction's beginning and is seen at its end; no transaction lasts this long.
SLACK_S = 5


@dataclass(frozen=True, slots=True)
class Count:
    """Something that submissions have in common: how many, and of how many people."""

    name: str
    submissions: int
    people: int


@dataclass(frozen=True, slots=True)
class CaseFigures:
    """How one case fares over the attempts that were graded; `mistakes` by diagnosis, else by verdict, most first."""

    name: str
    visibility: Visibility
    graded: int
    passed: int
    failed: int
    people_failed: int
    unstable: int
    mistakes: tuple[Count, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """All of it, as of `computed_at`."""

    computed_at: dt.datetime
    took_ms: int
    graded: int
    verdicts: tuple[Count, ...]  # the most frequent first
    cases: tuple[CaseFigures, ...]  # in the question's order


class Due(Enum):
    """When figures are to be counted anew."""

    FRESH = auto()  # they are right as they are
    NOW = auto()
    AFTERWARDS = auto()  # by whoever has just read them
    LATER = auto()


def kept_figures(session: Session, item_id: int) -> Figures | None:
    """What was counted last."""
    row = session.get(ItemFigures, item_id)
    return None if row is None else _from_json(row.computed_at, row.took_ms, row.figures)


def last_touch(session: Session, item_id: int) -> dt.datetime | None:
    """When something of the item last changed."""
    return session.scalar(
        select(Standing.touched_at).where(Standing.item_id == item_id).order_by(Standing.touched_at.desc()).limit(1)
    )


def when_due(kept: Figures | None, touched_at: dt.datetime | None, attempts: int, now: dt.datetime) -> Due:
    """What whoever reads these is to do; `attempts` is about how many the question has."""
    if kept is None:
        return Due.NOW if attempts <= FEW_ATTEMPTS else Due.AFTERWARDS
    if is_right_until_touched(kept, touched_at):
        return Due.FRESH
    if kept.took_ms <= CHEAP_MS:
        return Due.NOW
    lasting_s = max(LASTING_S, kept.took_ms / 1000 / MOST_OF_THE_TIME)
    return Due.AFTERWARDS if now - kept.computed_at >= dt.timedelta(seconds=lasting_s) else Due.LATER


def is_right_until_touched(figures: Figures, touched_at: dt.datetime | None) -> bool:
    """Whether everything that changed the item was there when they were counted."""
    return touched_at is None or touched_at + dt.timedelta(seconds=SLACK_S) < figures.computed_at


def count_figures(session: Session, item_id: int) -> Figures:
    """Count them from the submissions."""
    computed_at, began_s = utc_now(), monotonic_s()
    if session.get_bind().dialect.name == "postgresql":
        # For this transaction: groups are hashed then, and a hundred thousand rows are not sorted by their texts.
        session.execute(text("SET LOCAL work_mem = '64MB'"))
    verdicts = _verdicts(session, item_id)
    cases = _cases(session, item_id)
    return Figures(
        computed_at=computed_at,
        took_ms=round((monotonic_s() - began_s) * 1000),
        graded=sum(count.submissions for count in verdicts),
        verdicts=verdicts,
        cases=cases,
    )


def keep_figures(session: Session, item_id: int, figures: Figures) -> None:
    """Keep them, unless somebody has kept newer ones meanwhile."""
    values = {"computed_at": figures.computed_at, "took_ms": figures.took_ms, "figures": _to_json(figures)}
    if insert_unless_there(session, ItemFigures, item_id=item_id, **values):
        return
    session.execute(
        update(ItemFigures)
        .where(ItemFigures.item_id == item_id, ItemFigures.computed_at < figures.computed_at)
        .values(**values)
        .execution_options(synchronize_session=False)
    )


def _verdicts(session: Session, item_id: int) -> tuple[Count, ...]:
    found = session.execute(
        select(type_coerce(GradingRun.verdict, String), func.count(), func.count(Submission.person_id.distinct()))
        .select_from(Submission)
        .join(GradingRun, and_(GradingRun.submission_id == Submission.id, GradingRun.is_live))
        .where(*_graded_attempts(item_id))
        .group_by(GradingRun.verdict)
    )
    counts = (Count(str(name), submissions, people) for name, submissions, people in found)
    return tuple(sorted(counts, key=lambda count: (-count.submissions, count.name)))


def _graded_attempts(item_id: int) -> tuple[Any, ...]:
    return (
        Submission.item_id == item_id,
        Submission.purpose == Purpose.SUBMIT,
        GradingRun.state == RunState.FINISHED,
    )


@dataclass(slots=True)
class _Tally:
    """One case while it is counted."""

    graded: int = 0
    passed: int = 0
    unstable: int = 0
    failed_by: set[int] = field(default_factory=set)
    mistakes: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))
    made_by: defaultdict[str, set[int]] = field(default_factory=lambda: defaultdict(set))


def _cases(session: Session, item_id: int) -> tuple[CaseFigures, ...]:
    """Failures are counted by person and summed up here: who failed a case in two ways is one person."""
    is_failure = CaseOutcome.verdict.not_in((Verdict.ACCEPTED, Verdict.SKIPPED))
    whose = case((is_failure, Submission.person_id))
    found = session.connection().execute(
        select(
            CaseOutcome.name,
            type_coerce(CaseOutcome.visibility, String),
            type_coerce(CaseOutcome.verdict, String),
            CaseOutcome.diagnosis,
            whose,
            func.min(CaseOutcome.position),
            func.count(),
            func.count(case((CaseOutcome.is_unstable, 1))),
        )
        .select_from(Submission)
        .join(GradingRun, and_(GradingRun.submission_id == Submission.id, GradingRun.is_live))
        .join(CaseOutcome, CaseOutcome.run_id == GradingRun.id)
        .where(*_graded_attempts(item_id))
        .group_by(CaseOutcome.name, CaseOutcome.visibility, CaseOutcome.verdict, CaseOutcome.diagnosis, whose)
    )
    tallies: defaultdict[tuple[str, str], _Tally] = defaultdict(_Tally)
    places: dict[tuple[str, str], int] = {}
    for name, visibility, verdict, diagnosis, person_id, position, count, unstable in found:
        key = name, visibility
        places[key] = min(position, places.get(key, position))
        tally = tallies[key]
        tally.unstable += unstable
        if verdict == Verdict.SKIPPED:
            continue
        tally.graded += count
        if verdict == Verdict.ACCEPTED:
            tally.passed += count
            continue
        said = diagnosis or verdict
        tally.failed_by.add(person_id)
        tally.mistakes[said] += count
        tally.made_by[said].add(person_id)
    return tuple(_case_figures(*key, tallies[key]) for key in sorted(places, key=lambda key: (places[key], key)))


def _case_figures(name: str, visibility: str, tally: _Tally) -> CaseFigures:
    mistakes = [Count(said, count, len(tally.made_by[said])) for said, count in tally.mistakes.items()]
    return CaseFigures(
        name=name,
        visibility=Visibility(visibility),
        graded=tally.graded,
        passed=tally.passed,
        failed=tally.graded - tally.passed,
        people_failed=len(tally.failed_by),
        unstable=tally.unstable,
        mistakes=tuple(sorted(mistakes, key=lambda count: (-count.submissions, count.name))),
    )


def _to_json(figures: Figures) -> dict[str, Any]:
    return {
        "graded": figures.graded,
        "verdicts": [asdict(count) for count in figures.verdicts],
        "cases": [asdict(one) for one in figures.cases],
    }


def _from_json(computed_at: dt.datetime, took_ms: int, kept: dict[str, Any]) -> Figures:
    return Figures(
        computed_at=computed_at,
        took_ms=took_ms,
        graded=kept["graded"],
        verdicts=tuple(Count(**count) for count in kept["verdicts"]),
        cases=tuple(
            CaseFigures(
                **{
                    **one,
                    "visibility": Visibility(one["visibility"]),
                    "mistakes": tuple(Count(**count) for count in one["mistakes"]),
                }
            )
            for one in kept["cases"]
        ),
    )
