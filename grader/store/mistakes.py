"""What course staff tell everybody who made one mistake, and comments on lines of single submissions."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from grader.store.base import Base
from grader.store.people import Person

_LIVE = text("withdrawn_at IS NULL")


class MistakeComment(Base):
    """A comment for all whose submissions of an item carry the signature; one at a time, older ones are withdrawn.

    With `is_hint`, whoever makes the mistake after that sees it too.
    """

    __tablename__ = "mistake_comment"
    __table_args__ = (
        Index("uq_mistake_comment_live", "item_id", "mistake", unique=True, sqlite_where=_LIVE, postgresql_where=_LIVE),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("assignment_item.id"))
    mistake: Mapped[str] = mapped_column(String(32))
    name: Mapped[str] = mapped_column(String(200), default="")  # what staff call the mistake
    text: Mapped[str] = mapped_column(Text)
    is_hint: Mapped[bool] = mapped_column(default=True)
    written_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[dt.datetime]
    withdrawn_at: Mapped[dt.datetime | None]

    writer: Mapped[Person] = relationship()


class LineComment(Base):
    """A remark on lines of one submission, for its student. `line` is counted from 1; None: on the whole of it."""

    __tablename__ = "line_comment"
    __table_args__ = (
        Index("ix_line_comment_submission_id", "submission_id"),
        CheckConstraint("line IS NULL OR line > 0", name="line_is_positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"))
    line: Mapped[int | None]
    text: Mapped[str] = mapped_column(Text)
    written_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[dt.datetime]
    edited_at: Mapped[dt.datetime | None]
    removed_at: Mapped[dt.datetime | None]

    writer: Mapped[Person] = relationship()
