"""Regrades: a class's submissions graded by another version in shadow, reviewed, then applied or dropped."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from grader.store.base import Base, words
from grader.store.courses import AssignmentItem
from grader.store.questions import QuestionVersion
from grader.store.words import RegradeScope, RegradeState


class Regrade(Base):
    """A proposal to grade an item's submissions by another version. `reason` is told to students whom it moves."""

    __tablename__ = "regrade"
    __table_args__ = (Index("ix_regrade_course_id", "course_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"))
    item_id: Mapped[int] = mapped_column(ForeignKey("assignment_item.id"), index=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("question_version.id"))
    scope: Mapped[RegradeScope] = mapped_column(words(RegradeScope))
    state: Mapped[RegradeState] = mapped_column(words(RegradeState), default=RegradeState.GRADING)
    reason: Mapped[str] = mapped_column(Text)
    created_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[dt.datetime]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[dt.datetime | None]

    item: Mapped[AssignmentItem] = relationship()
    version: Mapped[QuestionVersion] = relationship()


class RegradeRun(Base):
    """One submission in a regrade: the run that counted when it began, the one in shadow, and whether that was put
    in force."""

    __tablename__ = "regrade_run"

    regrade_id: Mapped[int] = mapped_column(ForeignKey("regrade.id"), primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), primary_key=True)
    old_run_id: Mapped[int | None] = mapped_column(ForeignKey("grading_run.id"))
    run_id: Mapped[int | None] = mapped_column(ForeignKey("grading_run.id"), index=True)  # None: not queued yet
    applied_at: Mapped[dt.datetime | None]
