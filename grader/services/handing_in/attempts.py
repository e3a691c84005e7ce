"""Attempts: taken when something is handed in, given back when our own fault had cost one.

One row per person and item counts them. Whoever changes it locks it, and a constraint of the database stands behind.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select, true, update
from sqlalchemy.orm import Session

from grader.clock import utc_now
from grader.services.grades.standings import touch
from grader.store.insert import insert_unless_there
from grader.store.submissions import Allowance, Submission


def take_attempt(session: Session, item_id: int, person_id: int, allowed: int | None) -> int | None:
    """Use one attempt; its number, or None when there is none left. `allowed` is what the person may use in all."""
    row = Allowance.item_id == item_id, Allowance.person_id == person_id
    left = true() if allowed is None else Allowance.used < allowed
    use = (
        update(Allowance)
        .where(*row, left)
        .values(used=Allowance.used + 1, issued=Allowance.issued + 1, allowed=allowed)
        .returning(Allowance.issued)
        .execution_options(synchronize_session=False)
    )
    number = session.scalar(use)
    if number is None:  # none left, or the first one
        insert_unless_there(session, Allowance, item_id=item_id, person_id=person_id, used=0, issued=0)
        number = session.scalar(use)
    return number


def attempts_used(session: Session, item_id: int, person_id: int) -> int:
    """How many attempts count against the person's allowance."""
    used = session.scalar(select(Allowance.used).where(Allowance.item_id == item_id, Allowance.person_id == person_id))
    return used or 0


def give_back(session: Session, submission_id: int, now: dt.datetime | None = None) -> None:
    """The submission's attempt no longer counts, because it could not be graded. Once is enough; again does nothing.

    It stays given back when the submission is graded after all: that result counts, and cost nothing.
    """
    given = session.execute(
        update(Submission)
        .where(Submission.id == submission_id, Submission.attempt.is_not(None), Submission.given_back_at.is_(None))
        .values(given_back_at=now or utc_now())
        .returning(Submission.item_id, Submission.person_id)
        .execution_options(synchronize_session=False)
    ).first()
    if given is None:
        return
    session.execute(
        update(Allowance)
        .where(Allowance.item_id == given.item_id, Allowance.person_id == given.person_id)
        .values(used=Allowance.used - 1)
        .execution_options(synchronize_session=False)
    )
    touch(session, given.item_id, given.person_id)
