"""Where a run stands in the queue, for the student who waits for it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, literal_column, select, tuple_
from sqlalchemy.orm import Session

from grader.store.runs import GradingRun
from grader.store.words import Device, RunState

# How many of the runs before it tell how long one takes.
RECENT = 50
# How far back to look for them: on a device that is seldom used they may be a million rows away.
LOOK_BACK = 5000

_IS_QUEUED = GradingRun.state == literal_column("'queued'")
_IS_RUNNING = GradingRun.state == literal_column("'running'")


@dataclass(frozen=True, slots=True)
class Place:
    """`ahead` are graded first, `running` are being graded now; `wait_s` is None where nothing is known yet."""

    ahead: int
    running: int
    wait_s: float | None


def place_of(session: Session, run: GradingRun) -> Place:
    """How long it will be until the run starts, judged by the last ones on the same device."""
    running = session.scalar(
        select(func.count()).select_from(GradingRun).where(_IS_RUNNING, GradingRun.device == run.device)
    )
    at_once = running or 0
    if run.state is not RunState.QUEUED:
        return Place(0, at_once, 0.0 if run.state is RunState.RUNNING else None)
    ahead = (
        session.scalar(
            select(func.count())
            .select_from(GradingRun)
            .where(
                _IS_QUEUED,
                GradingRun.device == run.device,
                tuple_(GradingRun.lane, GradingRun.turn, GradingRun.id) < (run.lane, run.turn, run.id),
            )
        )
        or 0
    )
    each_s = _usual_s(session, run.device, run.id)
    if each_s is None:
        return Place(ahead, at_once, None)
    # Whoever is at work ends, on average, one run's time after the last: as many lanes share what is ahead.
    rounds = (ahead + 1) / at_once if at_once else ahead
    return Place(ahead, at_once, rounds * each_s)


def _usual_s(session: Session, device: Device, before_id: int) -> float | None:
    recent = (
        select(GradingRun.duration_ms)
        .where(
            GradingRun.id.between(before_id - LOOK_BACK, before_id - 1),
            GradingRun.device == device,
            GradingRun.state == RunState.FINISHED,
            GradingRun.duration_ms.is_not(None),
        )
        .order_by(GradingRun.id.desc())
        .limit(RECENT)
        .subquery()
    )
    mean_ms = session.scalar(select(func.avg(recent.c.duration_ms)))
    return None if mean_ms is None else float(mean_ms) / 1000
