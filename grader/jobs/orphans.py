"""Runs in the hands of workers of this host that were killed: nobody has to wait until their leases are over."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from grader.processes import is_gone
from grader.store.runs import GradingRun
from grader.store.words import RunState


def release_orphans(session: Session, now: dt.datetime) -> int:
    """End the leases of workers that are gone, so that the next sweep takes their runs back; how many."""
    running = session.execute(
        select(GradingRun.id, GradingRun.lease_token, GradingRun.worker).where(GradingRun.state == RunState.RUNNING)
    ).all()
    orphans = [(run_id, token) for run_id, token, worker in running if worker is not None and is_gone(worker)]
    for run_id, token in orphans:
        session.execute(
            update(GradingRun)
            .where(GradingRun.id == run_id, GradingRun.lease_token == token)
            .values(lease_expires_at=now - dt.timedelta(seconds=1))
            .execution_options(synchronize_session=False)
        )
    return len(orphans)
