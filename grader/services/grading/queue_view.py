"""Where a run stands in the queue, for the student who waits for it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import ScalarSelect, func, literal_column, select, tuple_
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
    here = GradingRun.device == run.device
    count = select(func.count()).select_from(GradingRun)
    if run.state is not RunState.QUEUED:
        running = session.scalar(count.where(_IS_RUNNING, here)) or 0
        return Place(0, running, 0.0 if run.state is RunState.RUNNING else None)
    is_before = tuple_(GradingRun.lane, GradingRun.turn, GradingRun.id) < (run.lane, run.turn, run.id)
    at_once, ahead, each_ms = session.execute(
        select(
            count.where(_IS_RUNNING, here).scalar_subquery(),
            count.where(_IS_QUEUED, here, is_before).scalar_subquery(),
            _usual_ms(run.device, run.id),
        )
    ).one()
    if each_ms is None:
        return Place(ahead, at_once, None)
    # Whoever is at work ends, on average, one run's time after the last: as many lanes share what is ahead.
    rounds = (ahead + 1) / at_once if at_once else ahead
    return Place(ahead, at_once, rounds * float(each_ms) / 1000)


def _usual_ms(device: Device, before_id: int) -> ScalarSelect[Decimal | None]:
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
    return select(func.avg(recent.c.duration_ms)).scalar_subquery()
