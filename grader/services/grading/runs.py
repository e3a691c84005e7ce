"""The queue of grading runs: enqueued, claimed under a lease, finished once. The rows are the truth.

A worker holds a run by its lease token; whatever it writes, it writes only while the token is still the row's. A lease
that runs out is taken back by `sweep`. So a run that two workers hold for a moment still gets one result.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, func, literal_column, null, select, update
from sqlalchemy.orm import Session

from grader.pipeline.order import RunReport
from grader.pipeline.plain_text import plain, plain_line
from grader.pipeline.seeds import fresh_seed
from grader.services.grades.standings import touch_run, touch_submission
from grader.services.grading.reports import add_case_outcomes, result_columns
from grader.services.handing_in.attempts import give_back
from grader.services.refusals import Reason, Refused
from grader.store.questions import QuestionVersion
from grader.store.runs import GradingRun
from grader.store.submissions import Submission
from grader.store.words import Device, Lane, RunState

LEASE_S = 20
# Tries that end in a fault of ours.
MAX_TRIES = 3
# Tries in all where workers vanish: a machine that is restarted often is no reason to give a submission up, but one
# that brings down whoever grades it must stop some day.
MAX_LOST_TRIES = 6
NUDGE_AGAIN_S = 10
# A worker that hears one nudge looks for work until there is none; a sweep need not announce thousands.
MAX_NUDGES = 200
MAX_FAULT_CHARS = 4000
DISAPPEARED = "the worker that graded it disappeared"

# Written out and not bound: the indexes of the queue cover rows of one state only, and a planner that does not know
# the state cannot use them.
_IS_QUEUED: ColumnElement[bool] = GradingRun.state == literal_column("'queued'")
_IS_RUNNING: ColumnElement[bool] = GradingRun.state == literal_column("'running'")
# Lanes sort as they are served: "normal" < "regrade".
_SERVED_IN_ORDER = (GradingRun.lane, GradingRun.turn, GradingRun.id)


@dataclass(frozen=True, slots=True)
class Claim:
    """One run in a worker's hands, with all it needs to grade it."""

    run_id: int
    lease_token: str
    version_id: int
    source: bytes
    seed: int
    only_public: bool
    lane: Lane
    course_id: int
    tries: int


@dataclass(frozen=True, slots=True)
class Swept:
    """What a sweep put right, and how many nudges to send for each device."""

    requeued: int
    failed: int
    to_nudge: dict[Device, int]


def enqueue(
    session: Session,
    submission: Submission,
    *,
    lane: Lane,
    only_public: bool = False,
    now: dt.datetime,
    version: QuestionVersion | None = None,
    seed: int | None = None,
    is_live: bool = True,
) -> GradingRun:
    """Add a run for the submission, to be announced once the transaction is committed.

    Graded by the submission's version and a fresh seed unless others are given. One that is not live is a shadow: it is
    graded and kept like any other, and changes no grade.
    """
    graded_by = version or session.get_one(QuestionVersion, submission.version_id)
    run = GradingRun(
        submission_id=submission.id,
        version_id=graded_by.id,
        course_id=submission.course_id,
        is_live=is_live,
        only_public=only_public,
        device=graded_by.device,
        lane=lane,
        turn=_next_turn(session, graded_by.device, lane, submission.course_id),
        seed=fresh_seed() if seed is None else seed,
        state=RunState.QUEUED,
        tries=0,
        queued_at=now,
        nudged_at=now,
    )
    session.add(run)
    session.flush()
    return run


def enqueue_shadows(
    session: Session,
    version: QuestionVersion,
    wanted: Sequence[tuple[int, int | None]],
    *,
    course_id: int,
    now: dt.datetime,
) -> list[int]:
    """Many runs by one version that change no grade, in the lane that waits for students; their ids in this order.

    `wanted` are submissions of one course, each with the seed to grade it by, or None for a fresh one. The next sweep
    announces them.
    """
    turn = _next_turn(session, version.device, Lane.REGRADE, course_id)
    added = [
        GradingRun(
            submission_id=submission_id,
            version_id=version.id,
            course_id=course_id,
            is_live=False,
            device=version.device,
            lane=Lane.REGRADE,
            turn=turn + number,
            seed=fresh_seed() if seed is None else seed,
            state=RunState.QUEUED,
            tries=0,
            queued_at=now,
        )
        for number, (submission_id, seed) in enumerate(wanted)
    ]
    session.add_all(added)
    session.flush()
    return [run.id for run in added]


def _next_turn(session: Session, device: Device, lane: Lane, course_id: int) -> int:
    """Start-time fair queuing: a course's runs follow each other, and a course that had none starts level.

    A course with a thousand runs waiting has turns up to a thousand from now; the one run of another gets the turn that
    is being served, and is next.
    """
    here = GradingRun.device == device, GradingRun.lane == lane
    waiting = select(GradingRun.turn).where(_IS_QUEUED, *here)
    served, first, last = session.execute(
        select(
            select(func.max(GradingRun.turn)).where(_IS_RUNNING, *here).scalar_subquery(),
            _end_of_queue(waiting, newest=False),
            _end_of_queue(waiting.where(GradingRun.course_id == course_id), newest=True),
        )
    ).one()
    if served is None:
        served = first
    # Where nothing waits and nothing runs there is nobody to be fair to, and counting starts again.
    return max(served or 0, 0 if last is None else last + 1)


def _end_of_queue(turns: Select[int], *, newest: bool) -> ScalarSelect[int]:
    # Not max() and min(): this walks the queue's index from its end and stops at the first row.
    order = (column.desc() if newest else column.asc() for column in (GradingRun.turn, GradingRun.id))
    return turns.order_by(*order).limit(1).scalar_subquery()


def head_queued_at(device: Device) -> ScalarSelect[dt.datetime]:
    """For queries: since when the next run for this device has waited."""
    return (
        select(GradingRun.queued_at)
        .where(_IS_QUEUED, GradingRun.device == device)
        .order_by(*_SERVED_IN_ORDER)
        .limit(1)
        .scalar_subquery()
    )


def _next_in_queue(device: Device, *conditions: ColumnElement[bool]) -> Select[int]:
    """The query for the run that is to be graded next, skipping those that another worker is just taking."""
    return (
        select(GradingRun.id)
        .where(_IS_QUEUED, GradingRun.device == device, *conditions)
        .order_by(*_SERVED_IN_ORDER)
        .limit(1)
        .with_for_update(skip_locked=True)
    )


def _is_nobody_served(device: Device, in_lane: ColumnElement[bool]) -> ColumnElement[bool]:
    """Of a run: nothing else of the person who handed it in is being graded in this lane."""
    served = select(Submission.person_id).join(GradingRun).where(_IS_RUNNING, GradingRun.device == device, in_lane)
    whose = select(Submission.person_id).where(Submission.id == GradingRun.submission_id)
    return whose.correlate(GradingRun).scalar_subquery().not_in(served.correlate(None))


def claim(session: Session, device: Device, worker: str, now: dt.datetime) -> Claim | None:
    """Take the next run for a worker with this device, under a lease; None when none waits.

    No student's second submission is taken while another student's first waits: ten endless loops of one would else
    keep a class from its results. Bulk work waits for both.
    """
    run_id = None
    for lane in Lane:
        in_lane = GradingRun.lane == lane
        run_id = session.scalar(_next_in_queue(device, in_lane, _is_nobody_served(device, in_lane)))
        run_id = run_id or session.scalar(_next_in_queue(device, in_lane))
        if run_id is not None:
            break
    else:
        return None
    token = secrets.token_hex(16)
    run = session.execute(
        update(GradingRun)
        .where(GradingRun.id == run_id, _IS_QUEUED)
        .values(
            state=RunState.RUNNING,
            lease_token=token,
            lease_expires_at=now + dt.timedelta(seconds=LEASE_S),
            tries=GradingRun.tries + 1,
            started_at=now,
            worker=plain_line(worker)[:100],
            progress=null(),
        )
        .returning(
            GradingRun.version_id,
            GradingRun.seed,
            GradingRun.only_public,
            GradingRun.lane,
            GradingRun.course_id,
            GradingRun.tries,
            select(Submission.source)
            .where(Submission.id == GradingRun.submission_id)
            .correlate(GradingRun)
            .scalar_subquery()
            .label("source"),
        )
        .execution_options(synchronize_session=False)
    ).one()
    return Claim(
        run_id, token, run.version_id, run.source, run.seed, run.only_public, run.lane, run.course_id, run.tries
    )


def heartbeat(session: Session, tokens: Collection[str], now: dt.datetime) -> set[str]:
    """Renew the leases that are still held; the tokens among `tokens` that are. Work on others may be dropped."""
    if not tokens:
        return set()
    held = session.scalars(
        update(GradingRun)
        .where(_IS_RUNNING, GradingRun.lease_token.in_(tokens))
        .values(lease_expires_at=now + dt.timedelta(seconds=LEASE_S))
        .returning(GradingRun.lease_token)
        .execution_options(synchronize_session=False)
    )
    return {token for token in held if token is not None}


def report_progress(session: Session, claim: Claim, cases: list[dict[str, Any]], now: dt.datetime) -> bool:
    """Keep the cases so far, as the student may see them, and renew the lease; False when it is no longer held."""
    values = {
        "progress": [_in_progress(case) for case in cases],
        "lease_expires_at": now + dt.timedelta(seconds=LEASE_S),
    }
    return _write_if_held(session, claim, values)


def finish(session: Session, claim: Claim, report: RunReport, *, image: str | None, now: dt.datetime) -> bool:
    """Keep the result, if the lease is still held; False, and nothing is written, when it is not.

    A report that is no verdict goes to `fail`: again after a fault of ours, not after one of the question's author.
    """
    if not report.graded:
        fault = report.fault
        retry = fault is None or fault.by != "author"
        return fail(session, claim, "no reason given" if fault is None else fault.message, retry=retry, now=now)
    result = {
        "state": RunState.FINISHED,
        "lease_token": None,
        "lease_expires_at": None,
        "finished_at": now,
        "progress": null(),
        "fault": None,
        "image": image and image[:100],
        **result_columns(report),
    }
    if not _write_if_held(session, claim, result):
        return False
    add_case_outcomes(session, claim.run_id, report)
    touch_run(session, claim.run_id)
    return True


def fail(session: Session, claim: Claim, fault: str, *, retry: bool, now: dt.datetime) -> bool:
    """The run could not be graded: it waits again in its old turn, or ends so when it was tried often enough.

    Then its attempt is given back. False, and nothing is written, when the lease is no longer held.
    """
    again = retry and claim.tries < MAX_TRIES
    if not _write_if_held(session, claim, _after_fault(fault, again=again, now=now)):
        return False
    if not again:
        _give_back_if_live(session, claim.run_id, now)
        touch_run(session, claim.run_id)
    return True


def put_back(session: Session, claim: Claim, why: str, *, now: dt.datetime) -> bool:
    """The worker ends before the run does, and not because of it: as if it had not been taken, in its old turn.

    False, and nothing is written, when the lease is no longer held.
    """
    values = _after_fault(why, again=True, now=now) | {"tries": GradingRun.tries - 1}
    return _write_if_held(session, claim, values)


def sweep(session: Session, now: dt.datetime) -> Swept:
    """Put right what a lost worker or a lost message left behind; to be called every few seconds, by any number."""
    lost = session.execute(
        select(GradingRun.id, GradingRun.tries)
        .where(_IS_RUNNING, GradingRun.lease_expires_at < now)
        .order_by(GradingRun.submission_id)  # two sweepers give attempts back in the same order
        .with_for_update(skip_locked=True)
    ).all()
    failed = 0
    for run_id, tries in lost:
        again = tries < MAX_LOST_TRIES
        session.execute(
            update(GradingRun)
            .where(GradingRun.id == run_id)
            .values(**_after_fault(DISAPPEARED, again=again, now=now))
            .execution_options(synchronize_session=False)
        )
        if not again:
            failed += 1
            _give_back_if_live(session, run_id, now)
            touch_run(session, run_id)
    return Swept(len(lost) - failed, failed, _nudges_due(session, now))


def rerun(session: Session, submission_id: int, *, lane: Lane, now: dt.datetime) -> GradingRun:
    """Grade a submission again that could not be graded, by the question's present version; raises Refused.

    The attempt that was given back stays given back.
    """
    submission = session.scalars(
        select(Submission).where(Submission.id == submission_id).with_for_update()
    ).one_or_none()
    if submission is None:
        raise Refused(Reason.NOT_FOUND, "There is no such submission.")
    old = session.scalars(
        select(GradingRun).where(GradingRun.submission_id == submission_id, GradingRun.is_live).with_for_update()
    ).one_or_none()
    if old is None or old.state is not RunState.FAILED:
        raise Refused(Reason.CONFLICT, "Only a submission that could not be graded can be graded again.")
    old.is_live = False
    session.flush()
    touch_submission(session, submission_id)
    return enqueue(
        session,
        submission,
        lane=lane,
        only_public=old.only_public,
        now=now,
        # Whoever repaired the question wants it graded by the repaired one.
        version=submission.item.question.live_version or old.version,
        seed=old.seed,
    )


def _nudges_due(session: Session, now: dt.datetime) -> dict[Device, int]:
    """Mark the runs at the head of the queue whose nudge seems lost, and count them by device."""
    due: dict[Device, int] = {}
    unheard = (GradingRun.nudged_at.is_(None)) | (GradingRun.nudged_at < now - dt.timedelta(seconds=NUDGE_AGAIN_S))
    for device in Device:
        first = session.scalars(
            select(GradingRun.id)
            .where(_IS_QUEUED, GradingRun.device == device, unheard)
            .order_by(*_SERVED_IN_ORDER)
            .limit(MAX_NUDGES)
            .with_for_update(skip_locked=True)
        ).all()
        if first:
            due[device] = len(first)
            session.execute(
                update(GradingRun)
                .where(GradingRun.id.in_(first))
                .values(nudged_at=now)
                .execution_options(synchronize_session=False)
            )
    return due


def _give_back_if_live(session: Session, run_id: int, now: dt.datetime) -> None:
    """What could not be graded costs no attempt. One that failed in shadow has its result beside it."""
    row = select(GradingRun.submission_id).where(GradingRun.id == run_id, GradingRun.is_live)
    submission_id = session.scalar(row)
    if submission_id is not None:
        give_back(session, submission_id, now)


def _write_if_held(session: Session, claim: Claim, values: dict[str, Any]) -> bool:
    written = session.execute(
        update(GradingRun)
        .where(GradingRun.id == claim.run_id, GradingRun.lease_token == claim.lease_token, _IS_RUNNING)
        .values(**values)
        .returning(GradingRun.id)
        .execution_options(synchronize_session=False)
    )
    return written.first() is not None


def _after_fault(fault: str, *, again: bool, now: dt.datetime) -> dict[str, Any]:
    return {
        "state": RunState.QUEUED if again else RunState.FAILED,
        "lease_token": None,
        "lease_expires_at": None,
        "progress": null(),
        "fault": plain(fault, MAX_FAULT_CHARS),
        "nudged_at": None,  # nobody knows of it: the next sweep announces it
        "finished_at": None if again else now,
    }


def _in_progress(case: dict[str, Any]) -> dict[str, Any]:
    """What a page shows of a case while its run goes on; whatever else a case may hold stays out of the row."""
    return {
        "name": case["name"],
        "visibility": str(case["visibility"]),
        "verdict": str(case["verdict"]),
        "points": case["points"],
        "max_points": case["max_points"],
        "diagnosis": case.get("diagnosis"),
        "message": case.get("message", ""),
    }
