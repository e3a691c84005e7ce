"""How grading itself is doing, for those who teach: what waits and for how long, who works, what could not be graded.

The queue serves all courses, so its figures are over all of them; whatever names people or questions is of one course.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Integer, case, cast, extract, func, literal_column, select
from sqlalchemy.orm import Session, joinedload

from grader.store.courses import AssignmentItem
from grader.store.questions import Question, QuestionVersion
from grader.store.runs import CaseOutcome, GradingRun
from grader.store.submissions import Submission
from grader.store.words import Device, Lane

MINUTES = 60
# How far back to look for runs that ended within the last hour: ids grow as runs are queued. In a rush of more than
# that an hour the oldest minutes are missing, and the page says so.
LOOK_BACK = 20_000
MOST_FAULTS = 50
MOST_UNSTABLE = 50
# What has waited so long although workers were seen is worth a word.
LONG_WAIT_S = 120

# Written out, as the indexes of these rows have them.
_IS_QUEUED: ColumnElement[bool] = GradingRun.state == literal_column("'queued'")
_IS_RUNNING: ColumnElement[bool] = GradingRun.state == literal_column("'running'")
_IS_FAILED: ColumnElement[bool] = GradingRun.state == literal_column("'failed'")


@dataclass(frozen=True, slots=True)
class Waiting:
    """The queue of one device and lane; `ours` are of this course."""

    device: Device
    lane: Lane
    waiting: int
    ours: int
    running: int
    oldest_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class Worker:
    """Who took runs lately."""

    name: str
    devices: tuple[Device, ...]
    runs: int
    last_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Fault:
    """Why submissions of a question could not be graded, and how many that are."""

    item: AssignmentItem
    title: str
    reason: str
    submissions: int
    last_id: int
    last_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class Unstable:
    """A case that came to different ends within single runs."""

    item: AssignmentItem
    title: str
    case: str
    runs: int
    last_id: int
    last_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class Health:
    """All of it, as of `at`. `minutes` are the last sixty, the oldest first, with how many runs ended in each."""

    at: dt.datetime
    queues: tuple[Waiting, ...]
    minutes: tuple[tuple[dt.datetime, int], ...]
    is_whole_hour: bool
    workers: tuple[Worker, ...]
    faults: tuple[Fault, ...]
    unstable: tuple[Unstable, ...]

    @property
    def waiting(self) -> int:
        """Over all devices and lanes."""
        return sum(queue.waiting for queue in self.queues)

    @property
    def running(self) -> int:
        """The same."""
        return sum(queue.running for queue in self.queues)

    @property
    def oldest_at(self) -> dt.datetime | None:
        """Since when the one has waited that has waited longest, bulk work aside."""
        return min((one.oldest_at for one in self.queues if one.oldest_at and one.lane is Lane.NORMAL), default=None)

    @property
    def ended(self) -> int:
        """Runs that ended within the hour."""
        return sum(count for _, count in self.minutes)

    @property
    def last_minutes(self) -> float:
        """Verdicts a minute over the last five whole minutes."""
        return sum(count for _, count in self.minutes[-6:-1]) / 5

    @property
    def is_stuck(self) -> bool:
        """Whether something has waited for long: perhaps no worker serves its device."""
        oldest = self.oldest_at
        return oldest is not None and (self.at - oldest).total_seconds() > LONG_WAIT_S


def health_of(session: Session, course_id: int, now: dt.datetime) -> Health:
    """How grading is doing."""
    last_id = session.scalar(select(func.max(GradingRun.id))) or 0
    is_recent = GradingRun.id > last_id - LOOK_BACK
    minutes = _minutes(session, is_recent, now)
    first_at = session.scalar(select(GradingRun.queued_at).where(GradingRun.id == last_id - LOOK_BACK))
    return Health(
        at=now,
        queues=tuple(_queues(session, course_id)),
        minutes=minutes,
        is_whole_hour=first_at is None or first_at < now - dt.timedelta(minutes=MINUTES),
        workers=tuple(_workers(session, is_recent, now)),
        faults=tuple(_faults(session, course_id)),
        unstable=tuple(_unstable(session, course_id)),
    )


def _queues(session: Session, course_id: int) -> list[Waiting]:
    is_ours = case((GradingRun.course_id == course_id, 1))
    found: dict[tuple[Device, Lane], tuple[int, int, dt.datetime | None]] = {}
    for device, lane, count, ours, oldest in session.execute(
        select(GradingRun.device, GradingRun.lane, func.count(), func.count(is_ours), func.min(GradingRun.queued_at))
        .where(_IS_QUEUED)
        .group_by(GradingRun.device, GradingRun.lane)
    ):
        found[device, lane] = count, ours, oldest
    running = {
        (device, lane): count
        for device, lane, count in session.execute(
            select(GradingRun.device, GradingRun.lane, func.count())
            .where(_IS_RUNNING)
            .group_by(GradingRun.device, GradingRun.lane)
        )
    }
    # The students' queue of the CPU is always shown: that nothing waits is what one wants to read.
    keys = {(Device.CPU, Lane.NORMAL), *found, *running}
    order = sorted(keys, key=lambda key: (list(Device).index(key[0]), list(Lane).index(key[1])))
    queues = []
    for device, lane in order:
        waiting, ours, oldest_at = found.get((device, lane), (0, 0, None))
        queues.append(Waiting(device, lane, waiting, ours, running.get((device, lane), 0), oldest_at))
    return queues


def _minutes(session: Session, is_recent: ColumnElement[bool], now: dt.datetime) -> tuple[tuple[dt.datetime, int], ...]:
    this_minute = now.replace(second=0, microsecond=0)
    first = this_minute - dt.timedelta(minutes=MINUTES - 1)
    seconds = extract("epoch", GradingRun.finished_at)  # whole ones on SQLite
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    minute = cast(seconds if is_sqlite else func.floor(seconds), Integer) // 60
    rows = session.execute(
        select(minute, func.count()).where(is_recent, GradingRun.finished_at >= first).group_by(minute)
    )
    counts = Counter({int(at): count for at, count in rows})
    times = [first + dt.timedelta(minutes=number) for number in range(MINUTES)]
    return tuple((at, counts[int(at.timestamp()) // 60]) for at in times)


def _workers(session: Session, is_recent: ColumnElement[bool], now: dt.datetime) -> list[Worker]:
    rows = session.execute(
        select(GradingRun.worker, GradingRun.device, func.count(), func.max(GradingRun.started_at))
        .where(is_recent, GradingRun.worker.is_not(None), GradingRun.started_at >= now - dt.timedelta(hours=1))
        .group_by(GradingRun.worker, GradingRun.device)
    )
    found: defaultdict[str, list[tuple[Device, int, dt.datetime]]] = defaultdict(list)
    for name, device, count, last_at in rows:
        found[str(name)].append((device, count, last_at or now))
    workers = [
        Worker(
            name,
            tuple(device for device, _, _ in of),
            sum(count for _, count, _ in of),
            max(at for _, _, at in of),
        )
        for name, of in found.items()
    ]
    return sorted(workers, key=lambda worker: worker.last_at, reverse=True)


def _faults(session: Session, course_id: int) -> list[Fault]:
    reason = func.coalesce(GradingRun.fault, "")
    rows = session.execute(
        select(
            Submission.item_id,
            reason,
            func.count(),
            func.max(Submission.id),
            func.max(GradingRun.finished_at),
        )
        .join(Submission, Submission.id == GradingRun.submission_id)
        .where(GradingRun.course_id == course_id, GradingRun.is_live, _IS_FAILED)
        .group_by(Submission.item_id, reason)
        .order_by(func.count().desc(), func.max(Submission.id).desc())
        .limit(MOST_FAULTS)
    ).all()
    items = _items(session, [row[0] for row in rows])
    return [Fault(*items[item_id], why, count, last_id, at) for item_id, why, count, last_id, at in rows]


def _unstable(session: Session, course_id: int) -> list[Unstable]:
    rows = session.execute(
        select(
            Submission.item_id,
            CaseOutcome.name,
            func.count(),
            func.max(Submission.id),
            func.max(GradingRun.finished_at),
        )
        .join(GradingRun, GradingRun.id == CaseOutcome.run_id)
        .join(Submission, Submission.id == GradingRun.submission_id)
        .where(CaseOutcome.is_unstable, GradingRun.course_id == course_id, GradingRun.is_live)
        .group_by(Submission.item_id, CaseOutcome.name)
        .order_by(func.count().desc(), CaseOutcome.name)
        .limit(MOST_UNSTABLE)
    ).all()
    items = _items(session, [row[0] for row in rows])
    return [Unstable(*items[item_id], name, count, last_id, at) for item_id, name, count, last_id, at in rows]


def _items(session: Session, ids: Sequence[int]) -> dict[int, tuple[AssignmentItem, str]]:
    if not ids:
        return {}
    rows = session.execute(
        select(AssignmentItem, QuestionVersion.title)
        .join(Question, Question.id == AssignmentItem.question_id)
        .outerjoin(QuestionVersion, QuestionVersion.id == Question.live_version_id)
        .where(AssignmentItem.id.in_(ids))
        .options(joinedload(AssignmentItem.assignment))
    )
    return {item.id: (item, title or item.slug) for item, title in rows}
