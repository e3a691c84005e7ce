"""What pages over a whole class read: each person's way through each question, derived from submissions and runs.

Nothing here is the truth. A row is stale while `revision` is ahead of `computed_revision`; whoever reads it derives it
anew (`grader.services.grades.standings`).
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from grader.store.base import Base

_STALE = text("revision <> computed_revision")


class Standing(Base):
    """One person's grade for one item and how they came to it. Points are the item's, shares are of full marks.

    `submission_id` is the attempt that counts; `last_mistake` the signature of the last attempt's mistake.
    """

    __tablename__ = "standing"
    __table_args__ = (
        Index("ix_standing_stale", "item_id", "person_id", sqlite_where=_STALE, postgresql_where=_STALE),
        Index("ix_standing_touched", "item_id", "touched_at"),
        Index("ix_standing_person_id", "person_id"),
    )

    item_id: Mapped[int] = mapped_column(ForeignKey("assignment_item.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    revision: Mapped[int] = mapped_column(default=1)
    computed_revision: Mapped[int] = mapped_column(default=0)
    touched_at: Mapped[dt.datetime]
    state: Mapped[str] = mapped_column(String(20), default="none")  # the words of grader.services.grades.grades
    score: Mapped[float | None]
    raw_score: Mapped[float | None]
    max_score: Mapped[float] = mapped_column(default=0.0)
    late_factor: Mapped[float] = mapped_column(default=1.0)
    submission_id: Mapped[int | None]
    attempts_used: Mapped[int] = mapped_column(default=0)
    attempts: Mapped[int] = mapped_column(default=0)
    first_share: Mapped[float | None]  # of the first attempt that was graded
    last_share: Mapped[float | None]
    best_share: Mapped[float | None]
    solved_on_attempt: Mapped[int | None]  # counted from 1
    attempts_since_better: Mapped[int] = mapped_column(default=0)  # attempts after the one that was best so far
    largest_step: Mapped[float] = mapped_column(default=0.0)  # share gained from one attempt to the next, at most
    first_submitted_at: Mapped[dt.datetime | None]
    last_submitted_at: Mapped[dt.datetime | None]
    last_submission_id: Mapped[int | None]
    last_mistake: Mapped[str | None] = mapped_column(String(32))


class ItemFigures(Base):
    """Figures of one question of an assignment over all submissions of it, as of `computed_at`."""

    __tablename__ = "item_figures"

    item_id: Mapped[int] = mapped_column(ForeignKey("assignment_item.id"), primary_key=True)
    computed_at: Mapped[dt.datetime]
    took_ms: Mapped[int]
    figures: Mapped[dict[str, Any]]
