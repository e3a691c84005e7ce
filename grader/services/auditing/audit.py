"""Who did what to whom. Written in the same transaction as the act, so that neither stands without the other."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy.orm import Session

from grader.clock import utc_now
from grader.store.audit import AuditEvent


def record(
    session: Session,
    act: str,
    subject: str,
    *,
    actor_id: int | None,
    course_id: int | None = None,
    detail: dict[str, Any] | None = None,
    now: dt.datetime | None = None,
) -> None:
    """Add one event: `act` is a verb such as "roster.applied", `subject` what it was done to, such as "person:12".

    An actor None is the grader itself: its command line, or a sweep. Secrets never belong into `detail`.
    """
    session.add(
        AuditEvent(
            at=now or utc_now(),
            actor_id=actor_id,
            course_id=course_id,
            act=act,
            subject=subject,
            detail=detail or {},
        )
    )
