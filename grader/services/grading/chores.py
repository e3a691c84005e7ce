"""Rows that are background work for a worker: claimed under a lease, done once, taken back from a worker that is lost.

For tables that are their own queue (`Verification`, `SimilarityCheck`); grading runs have their own, in `runs.py`.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, literal_column, null, select, update
from sqlalchemy.orm import Session

from grader.pipeline.plain_text import plain
from grader.services.grading.runs import LEASE_S, MAX_FAULT_CHARS
from grader.store.runs import GradingRun
from grader.store.similarity import SimilarityCheck
from grader.store.words import Device, Lane, RunState
from grader.store.workshop import Verification

# Ones that end in a fault of ours, and ones whose worker was lost.
MAX_TRIES = 3
DISAPPEARED = "the worker that did it disappeared"

Table = type[Verification] | type[SimilarityCheck]


@dataclass(frozen=True, slots=True)
class Claim:
    """One row in a worker's hands."""

    row_id: int
    lease_token: str
    tries: int


def claim(session: Session, table: Table, now: dt.datetime) -> Claim | None:
    """Take the row that has waited longest, under a lease; None when none waits."""
    row_id = session.scalar(
        select(table.id).where(_is(table, "queued")).order_by(table.id).limit(1).with_for_update(skip_locked=True)
    )
    if row_id is None:
        return None
    token = secrets.token_hex(16)
    values: dict[str, Any] = {"started_at": now, "progress": null()} if table is Verification else {}
    tries = session.scalar(
        update(table)
        .where(table.id == row_id, _is(table, "queued"))
        .values(
            state="running",
            lease_token=token,
            lease_expires_at=now + dt.timedelta(seconds=LEASE_S),
            tries=table.tries + 1,
            **values,
        )
        .returning(table.tries)
        .execution_options(synchronize_session=False)
    )
    return None if tries is None else Claim(row_id, token, tries)


def renew(session: Session, table: Table, held: Claim, now: dt.datetime, **values: Any) -> bool:
    """Keep the row for longer, and write values such as its progress; False when it was taken away or cancelled."""
    return _write_if_held(session, table, held, lease_expires_at=now + dt.timedelta(seconds=LEASE_S), **values)


def finish(session: Session, table: Table, held: Claim, now: dt.datetime, *, state: str, **values: Any) -> bool:
    """Keep what came of it, if the lease is still held; False, and nothing is written, when it is not."""
    return _write_if_held(
        session, table, held, state=state, lease_token=None, lease_expires_at=None, finished_at=now, **values
    )


def fail(session: Session, table: Table, held: Claim, fault: str, now: dt.datetime) -> bool:
    """A fault of ours: it waits again, or ends so when it was tried often enough."""
    return _write_if_held(session, table, held, **_after_fault(fault, again=held.tries < MAX_TRIES, now=now))


def put_back(session: Session, table: Table, held: Claim) -> bool:
    """The worker ends before the work does: as if it had not been taken."""
    return _write_if_held(
        session, table, held, state="queued", lease_token=None, lease_expires_at=None, tries=table.tries - 1
    )


def sweep(session: Session, table: Table, now: dt.datetime) -> int:
    """Take back what lost workers held, or end it when it was lost too often; how many rows."""
    lost = session.execute(
        select(table.id, table.tries)
        .where(_is(table, "running"), table.lease_expires_at < now)
        .with_for_update(skip_locked=True)
    ).all()
    for row_id, tries in lost:
        session.execute(
            update(table)
            .where(table.id == row_id, _is(table, "running"))
            .values(**_after_fault(DISAPPEARED, again=tries < MAX_TRIES, now=now))
            .execution_options(synchronize_session=False)
        )
    return len(lost)


def do_students_wait(session: Session, devices: Collection[Device]) -> bool:
    """Whether a run that somebody looks forward to waits for a worker with one of these devices."""
    return (
        session.scalar(
            select(GradingRun.id)
            .where(
                GradingRun.state == literal_column(f"'{RunState.QUEUED}'"),
                GradingRun.device.in_(devices),
                GradingRun.lane == Lane.NORMAL,
            )
            .limit(1)
        )
        is not None
    )


def _is(table: Table, state: str) -> ColumnElement[bool]:
    # Written out and not bound, as in `runs.py`: the index covers rows of one state only.
    return table.state == literal_column(f"'{state}'")


def _write_if_held(session: Session, table: Table, held: Claim, **values: Any) -> bool:
    written = session.execute(
        update(table)
        .where(table.id == held.row_id, table.lease_token == held.lease_token, _is(table, "running"))
        .values(**values)
        .returning(table.id)
        .execution_options(synchronize_session=False)
    )
    return written.first() is not None


def _after_fault(fault: str, *, again: bool, now: dt.datetime) -> dict[str, Any]:
    return {
        "state": "queued" if again else "failed",
        "lease_token": None,
        "lease_expires_at": None,
        "fault": plain(fault, MAX_FAULT_CHARS),
        "finished_at": None if again else now,
    }
