"""What every edit by course staff shares: faults by field, edits that cross, and a line in the audit.

Every edit names the digest of what its author was looking at, so that two people never overwrite each other unseen.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from grader.services.auditing import audit
from grader.services.refusals import Reason, Refused
from grader.store.courses import Assignment

MAX_ATTEMPTS = 10_000
TIMES = ("opens_at", "due_at", "closes_at")


class Faulty(Refused):
    """What was typed cannot be taken; `errors` says for each field why."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__(Reason.INVALID, " ".join(errors.values()))
        self.errors = dict(errors)


class Changed(Refused):
    """Somebody else changed it since its author looked."""

    def __init__(self) -> None:
        super().__init__(Reason.CONFLICT, "Somebody changed this while you were editing. Compare, then save again.")


def digest_of(values: object) -> str:
    """Changes whenever any of the values does."""
    return hashlib.sha256(repr(values).encode()).hexdigest()[:32]


def plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values as the audit keeps them."""
    return {name: value.isoformat() if isinstance(value, dt.datetime) else value for name, value in values.items()}


def check_attempts(errors: dict[str, str], field: str, attempts: int | None) -> None:
    """Add to the errors where this cannot be a number of attempts."""
    if attempts is not None and not 1 <= attempts <= MAX_ATTEMPTS:
        errors[field] = "Attempts are a whole number from 1 up; leave it empty for no limit."


def order_faults(
    opens_at: dt.datetime | None, due_at: dt.datetime | None, closes_at: dt.datetime | None
) -> dict[str, str]:
    """What is wrong with the order of three times, by field."""
    errors = {}
    if opens_at is not None and due_at is not None and due_at < opens_at:
        errors["due_at"] = "It would be due before it opens."
    if closes_at is not None:
        if due_at is not None and closes_at < due_at:
            errors["closes_at"] = "It would close before it is due."
        elif opens_at is not None and closes_at < opens_at:
            errors["closes_at"] = "It would close before it opens."
    return errors


def record(session: Session, act: str, assignment: Assignment, actor_id: int, detail: dict[str, Any]) -> None:
    """What was done to the assignment, by whom."""
    subject = f"assignment:{assignment.id}"
    audit.record(session, act, subject, actor_id=actor_id, course_id=assignment.course_id, detail=detail)
