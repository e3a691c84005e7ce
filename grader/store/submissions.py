"""What was handed in, what is being written, and how many attempts are left."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from grader.store.base import Base, words
from grader.store.courses import AssignmentItem
from grader.store.people import Person
from grader.store.questions import QuestionVersion
from grader.store.words import Origin, Purpose

if TYPE_CHECKING:
    from grader.store.runs import GradingRun

_UNMARKED = text("points IS NULL")


class Allowance(Base):
    """The attempts of one person at one item: the row that concurrent submissions queue for.

    `used` are attempts that count, `issued` the number given to the last one; they differ by those given back.
    """

    __tablename__ = "allowance"
    __table_args__ = (
        CheckConstraint("used >= 0", name="used_is_not_negative"),
        CheckConstraint("allowed IS NULL OR used <= allowed", name="used_is_within_allowed"),
    )

    item_id: Mapped[int] = mapped_column(ForeignKey("assignment_item.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    used: Mapped[int] = mapped_column(default=0)
    issued: Mapped[int] = mapped_column(default=0)
    allowed: Mapped[int | None]  # as of the last submission; None: no limit


class Submission(Base):
    """One thing handed in; it never changes, but for `given_back_at`: an attempt that our own fault had cost."""

    __tablename__ = "submission"
    __table_args__ = (
        UniqueConstraint("person_id", "idempotency_key"),
        UniqueConstraint("item_id", "person_id", "attempt"),
        Index("ix_submission_item_person", "item_id", "person_id", "id"),
        Index("ix_submission_course_id", "course_id", "id"),
        CheckConstraint("(purpose = 'submit') = (attempt IS NOT NULL)", name="only_submits_are_attempts"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"))
    item_id: Mapped[int] = mapped_column(ForeignKey("assignment_item.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("question_version.id"))
    purpose: Mapped[Purpose] = mapped_column(words(Purpose))
    attempt: Mapped[int | None]  # 1, 2, 3, …; None for a precheck
    origin: Mapped[Origin] = mapped_column(words(Origin))
    file_name: Mapped[str | None] = mapped_column(String(200))
    source: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    source_sha256: Mapped[str] = mapped_column(String(64))
    idempotency_key: Mapped[str | None] = mapped_column(String(100))
    submitted_at: Mapped[dt.datetime]
    given_back_at: Mapped[dt.datetime | None]

    person: Mapped[Person] = relationship()
    item: Mapped[AssignmentItem] = relationship()
    version: Mapped[QuestionVersion] = relationship()
    runs: Mapped[list[GradingRun]] = relationship(back_populates="submission", order_by="GradingRun.id")
    answer: Mapped[WrittenAnswer | None] = relationship(back_populates="submission")


class WrittenAnswer(Base):
    """The answer to a written question, beside its submission (whose source is the text as typed).

    `answer` is {"number": text} or {"choices": [name, …]} or {"text": …}. `points` is what a marker or the key gave.
    """

    __tablename__ = "written_answer"
    __table_args__ = (
        Index("ix_written_answer_unmarked", "submission_id", sqlite_where=_UNMARKED, postgresql_where=_UNMARKED),
    )

    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), primary_key=True)
    answer: Mapped[dict[str, Any]]
    points: Mapped[float | None]
    marked_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))  # None: by the key
    marked_at: Mapped[dt.datetime | None]
    comment: Mapped[str] = mapped_column(Text, default="")

    submission: Mapped[Submission] = relationship(back_populates="answer")


class Draft(Base):
    """What somebody is writing. `revision` grows with each save, so that an old window cannot overwrite a newer one."""

    __tablename__ = "draft"

    item_id: Mapped[int] = mapped_column(ForeignKey("assignment_item.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    source: Mapped[str] = mapped_column(Text)
    revision: Mapped[int] = mapped_column(default=1)
    updated_at: Mapped[dt.datetime]
