"""How alike submissions of one question are, over a cohort and those before it. Advice for TAs, nobody's verdict."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from grader.store.base import Base, words
from grader.store.words import SimilarityState


class SimilarityCheck(Base):
    """One comparison of an item's submissions, done by a worker under a lease."""

    __tablename__ = "similarity_check"
    __table_args__ = (Index("ix_similarity_check_item_id", "item_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"))
    item_id: Mapped[int] = mapped_column(ForeignKey("assignment_item.id"))
    state: Mapped[SimilarityState] = mapped_column(words(SimilarityState), default=SimilarityState.QUEUED)
    tries: Mapped[int] = mapped_column(default=0)
    lease_token: Mapped[str | None] = mapped_column(String(32))
    lease_expires_at: Mapped[dt.datetime | None]
    compared: Mapped[int] = mapped_column(default=0)  # submissions
    is_too_small: Mapped[bool] = mapped_column(default=False)  # solutions are too short to tell anything
    fault: Mapped[str | None] = mapped_column(Text)
    asked_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    queued_at: Mapped[dt.datetime]
    finished_at: Mapped[dt.datetime | None]


class SimilarPair(Base):
    """Two submissions that share more than chance would give; `a_id` < `b_id`. Shares are of each one's own code."""

    __tablename__ = "similar_pair"
    __table_args__ = (Index("ix_similar_pair_check_id", "check_id", "share"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    check_id: Mapped[int] = mapped_column(ForeignKey("similarity_check.id"))
    a_id: Mapped[int] = mapped_column(ForeignKey("submission.id"))
    b_id: Mapped[int] = mapped_column(ForeignKey("submission.id"))
    share: Mapped[float]  # the larger of the two
    share_a: Mapped[float]
    share_b: Mapped[float]
    tokens: Mapped[int]  # that both have
    spans: Mapped[list[list[int]]]  # [first line in a, last, first line in b, last], …
    verdict: Mapped[str | None] = mapped_column(String(20))  # what a person decided: harmless, look, reported
    note: Mapped[str] = mapped_column(Text, default="")
    judged_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    judged_at: Mapped[dt.datetime | None]
