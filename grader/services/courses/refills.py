"""Attempts that come back: so many every so often, never above what one may have at once.

Nothing is stored but the policy and the submissions. How many are left is replayed from their times: whoever has all of
them waits for nothing; the first that is used starts the clock, and it runs until they are all there again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.store.courses import Assignment
from grader.store.submissions import Submission
from grader.store.words import Purpose


@dataclass(frozen=True, slots=True)
class Refill:
    """Where one person stands at one item: `left` of `capacity`, and when more come. None: all are there."""

    capacity: int
    left: int
    used: int  # ever, but for those given back
    next_at: dt.datetime | None

    @property
    def allowed_so_far(self) -> int:
        """What may have been used in all by now."""
        return self.used + self.left


def refill_of(
    session: Session, assignment: Assignment, item_id: int, person_id: int, capacity: int | None, now: dt.datetime
) -> Refill | None:
    """None where nothing comes back."""
    if assignment.refill_attempts is None or assignment.refill_every_s is None or capacity is None:
        return None
    times = session.scalars(
        select(Submission.submitted_at)
        .where(
            Submission.item_id == item_id,
            Submission.person_id == person_id,
            Submission.purpose == Purpose.SUBMIT,
            Submission.given_back_at.is_(None),
        )
        .order_by(Submission.submitted_at, Submission.id)
    ).all()
    every = dt.timedelta(seconds=assignment.refill_every_s)
    left, next_at = replayed(times, capacity, assignment.refill_attempts, every, now)
    return Refill(capacity, left, len(times), next_at)


def replayed(
    times: Iterable[dt.datetime], capacity: int, attempts: int, every: dt.timedelta, now: dt.datetime
) -> tuple[int, dt.datetime | None]:
    """How many are left now after attempts at these times in order, and when the next ones come."""
    left = capacity
    since = now  # when the clock was started, or last gave some; of no meaning while all are there

    def come_back(until: dt.datetime) -> None:
        nonlocal left, since
        ticks = max(0, (until - since) // every) if left < capacity else 0
        left = min(capacity, left + ticks * attempts)
        since += ticks * every

    for at in times:
        come_back(at)
        if left == capacity:
            since = at
        left = max(0, left - 1)  # a policy that was made stricter leaves nobody with less than none
    come_back(now)
    return left, None if left == capacity else since + every
