"""Running exactly the same grading again, to compare: the same source, version and seed. It changes no grade."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from grader.pipeline.order import CaseResult, RunReport
from grader.services.auditing import audit
from grader.services.grading import runs
from grader.services.grading.results import run_report
from grader.services.refusals import Reason, Refused
from grader.store.decisions import Replay
from grader.store.people import Person
from grader.store.runs import GradingRun
from grader.store.submissions import Submission
from grader.store.words import Lane, RunState

MAX_REPLAYS = 20  # of one run


@dataclass(frozen=True, slots=True)
class Again:
    """A replay as a list names it."""

    run: GradingRun
    asked_by: Person
    asked_at: dt.datetime


@dataclass(frozen=True, slots=True)
class CaseTwice:
    """One case of both runs; None where a run has no such case."""

    name: str
    first: CaseResult | None
    second: CaseResult | None

    @property
    def is_same(self) -> bool:
        """Whether verdict, points and diagnosis are the same both times."""
        return _essence(self.first) == _essence(self.second)

    @property
    def differs_in_words_only(self) -> bool:
        """Whether the case came to the same, and said so in other words or with other figures."""
        return self.is_same and self.first is not None and self.second is not None and not _says_the_same(self)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two runs of one submission by the same version and seed, side by side."""

    cases: tuple[CaseTwice, ...]
    is_same_result: bool
    is_same_place: bool  # image, torch, device and sandbox

    @property
    def different(self) -> int:
        """How many cases came to something else."""
        return sum(not case.is_same for case in self.cases)


def replay(session: Session, run_id: int, *, asked_by: int, now: dt.datetime) -> GradingRun:
    """Queue the same grading once more, behind students' work. Asked again while one waits, it is that one.

    Raises Refused where the run has no result or no program graded it.
    """
    run = session.get(GradingRun, run_id, with_for_update=True)
    if run is None or run.state is not RunState.FINISHED or run.version.kind != "code":
        raise Refused(Reason.CONFLICT, "Only a result that a program was run for can be run again.")
    if session.get(Replay, run_id) is not None:
        raise Refused(Reason.CONFLICT, "This is a repetition itself. Run the result again that it repeats.")
    earlier = replays_of(session, run_id)
    for again in earlier:
        if again.run.state in {RunState.QUEUED, RunState.RUNNING}:
            return again.run
    if len(earlier) >= MAX_REPLAYS:
        raise Refused(Reason.TOO_MANY, f"It was run again {MAX_REPLAYS} times; compare those.")
    submission = session.get_one(Submission, run.submission_id)
    repeated = runs.enqueue(
        session,
        submission,
        lane=Lane.REGRADE,
        only_public=run.only_public,
        now=now,
        version=run.version,
        seed=run.seed,
        is_live=False,
    )
    session.add(Replay(run_id=repeated.id, of_run_id=run_id, asked_by=asked_by, created_at=now))
    session.flush()
    audit.record(
        session,
        "run.replayed",
        f"submission:{run.submission_id}",
        actor_id=asked_by,
        course_id=run.course_id,
        detail={"run": run_id, "replay": repeated.id},
        now=now,
    )
    return repeated


def replays_of(session: Session, run_id: int) -> list[Again]:
    """The repetitions of a run, newest first, with their reports."""
    found = session.execute(
        select(GradingRun, Person, Replay.created_at)
        .join(Replay, Replay.run_id == GradingRun.id)
        .join(Person, Person.id == Replay.asked_by)
        .where(Replay.of_run_id == run_id)
        .options(undefer(GradingRun.report))
        .order_by(GradingRun.id.desc())
    )
    return [Again(*row) for row in found]


def compared(first: GradingRun, second: GradingRun) -> Comparison | None:
    """Both results, case by case; None while one is missing. For those who see everything of a report."""
    one, other = run_report(first), run_report(second)
    if one is None or other is None:
        return None
    cases = tuple(_paired(one, other))
    is_same_result = (one.verdict, one.score) == (other.verdict, other.score) and all(case.is_same for case in cases)
    is_same_place = (first.image, *_place(one)) == (second.image, *_place(other))
    return Comparison(cases, is_same_result, is_same_place)


def _paired(one: RunReport, other: RunReport) -> list[CaseTwice]:
    # By name and how often the name was seen before: nothing says that names are not used twice.
    firsts, seconds = _numbered(one), _numbered(other)
    names = list(firsts) + [key for key in seconds if key not in firsts]
    return [CaseTwice(key[0], firsts.get(key), seconds.get(key)) for key in names]


def _numbered(report: RunReport) -> dict[tuple[str, int], CaseResult]:
    seen: dict[str, int] = {}
    numbered = {}
    for case in report.cases:
        seen[case.name] = seen.get(case.name, 0) + 1
        numbered[case.name, seen[case.name]] = case
    return numbered


def _essence(case: CaseResult | None) -> object:
    return case and (case.verdict, case.points, case.max_points, case.diagnosis)


def _says_the_same(case: CaseTwice) -> bool:
    assert case.first is not None
    assert case.second is not None
    one, other = case.first, case.second
    return (one.message, one.details.worst, one.details.counterexample) == (
        other.message,
        other.details.worst,
        other.details.counterexample,
    )


def _place(report: RunReport) -> tuple[str | None, ...]:
    return report.provenance.torch, report.device, report.sandbox
