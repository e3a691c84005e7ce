"""Marks that people give to answers in words, and the comments they use again and again."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from grader.store.base import Base
from grader.store.people import Person


class Mark(Base):
    """What one marker gave one answer; where two did, `written_answer.points` says what counts.

    `ticked` names the rubric's items that were met. `is_settled`: given by whoever settled a disagreement, who may be
    one of the two; what the two gave stays beside it.
    """

    __tablename__ = "mark"
    __table_args__ = (
        UniqueConstraint("submission_id", "marker_id", "is_settled"),
        Index("ix_mark_marker_id", "marker_id"),
        CheckConstraint("points >= 0", name="points_are_not_negative"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"))
    marker_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    points: Mapped[float]
    ticked: Mapped[list[str]]
    comment: Mapped[str] = mapped_column(Text, default="")
    is_settled: Mapped[bool] = mapped_column(default=False)
    marked_at: Mapped[dt.datetime]

    marker: Mapped[Person] = relationship()


class SavedComment(Base):
    """A comment for use again: of one question in any course's hands, or of a course for any question."""

    __tablename__ = "saved_comment"
    __table_args__ = (Index("ix_saved_comment_course_id", "course_id", "question_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"))
    question_id: Mapped[int | None] = mapped_column(ForeignKey("question.id"))  # None: for every question
    title: Mapped[str] = mapped_column(String(100), default="")
    text: Mapped[str] = mapped_column(Text)
    uses: Mapped[int] = mapped_column(default=0)
    written_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[dt.datetime]
    removed_at: Mapped[dt.datetime | None]
