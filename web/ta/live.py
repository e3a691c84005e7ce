"""Pages that show a class while it works: how fresh what they show is, and how often they look again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from grader.store.courses import Assignment
from web.rendering import current_zone

# The last hours before a deadline and the first after it, when things change while one looks.
NEAR = dt.timedelta(hours=3)
AT_NEAR_S = 10
WHILE_OPEN_S = 30
# Figures that are just being counted for the first time.
AT_ONCE_S = 2


@dataclass(frozen=True, slots=True)
class Live:
    """`as_of` as people read it; `refresh_s` None: nothing changes by itself any more."""

    as_of: str
    refresh_s: int | None


def live_over(assignments: Iterable[Assignment], now: dt.datetime) -> Live:
    """For a page over these assignments; without a deadline, or before it opens, there is no hurry."""
    return Live(clock_time(now), min((every for one in assignments if (every := _refresh_s(one, now))), default=None))


def clock_time(at: dt.datetime) -> str:
    """Such as 20:14:05, by the reader's clock."""
    return f"{at.astimezone(current_zone()):%H:%M:%S}"


def _refresh_s(assignment: Assignment, now: dt.datetime) -> int | None:
    if assignment.opens_at is not None and now < assignment.opens_at:
        return None
    if assignment.due_at is not None and abs(assignment.due_at - now) <= NEAR:
        return AT_NEAR_S
    last_at = assignment.closes_at or assignment.due_at
    return None if last_at is None or now > last_at else WHILE_OPEN_S
