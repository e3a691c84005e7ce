"""What people decide about single grades: overrides, holds, requests of students, and appeals."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from grader.store.base import Base, words
from grader.store.people import Person
from grader.store.submissions import Submission
from grader.store.words import RequestState

_LIVE = text("revoked_at IS NULL")
_OPEN = text("state = 'open'")


class Override(Base):
    """Points that a person set for one student and item, in the item's points, after lateness. One at a time."""

    __tablename__ = "override"
    __table_args__ = (
        Index("uq_override_live", "item_id", "person_id", unique=True, sqlite_where=_LIVE, postgresql_where=_LIVE),
        CheckConstraint("points >= 0", name="points_are_not_negative"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("assignment_item.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    points: Mapped[float]
    reason: Mapped[str] = mapped_column(Text)  # the student reads it
    set_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[dt.datetime]
    revoked_at: Mapped[dt.datetime | None]


class GradeHold(Base):
    """Grades of an assignment that students do not see for now; of one person, or (None) of everybody.

    A person's own row goes before everybody's: `is_held` False releases one student early.
    """

    __tablename__ = "grade_hold"
    __table_args__ = (
        Index(
            "uq_grade_hold_person",
            "assignment_id",
            "person_id",
            unique=True,
            sqlite_where=text("person_id IS NOT NULL"),
            postgresql_where=text("person_id IS NOT NULL"),
        ),
        Index(
            "uq_grade_hold_everybody",
            "assignment_id",
            unique=True,
            sqlite_where=text("person_id IS NULL"),
            postgresql_where=text("person_id IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    is_held: Mapped[bool]
    changed_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    changed_at: Mapped[dt.datetime]


class RegradeRequest(Base):
    """A student asks a person to look at a submission again; one open request for each submission."""

    __tablename__ = "regrade_request"
    __table_args__ = (
        Index("uq_regrade_request_open", "submission_id", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("ix_regrade_request_course_id", "course_id", "state", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"))
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"))
    case_name: Mapped[str | None] = mapped_column(String(200))  # which case it is about
    text: Mapped[str] = mapped_column(Text)
    state: Mapped[RequestState] = mapped_column(words(RequestState), default=RequestState.OPEN)
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[dt.datetime]
    answered_at: Mapped[dt.datetime | None]

    submission: Mapped[Submission] = relationship()
    answerer: Mapped[Person | None] = relationship()


class Replay(Base):
    """A run that repeats another exactly, to compare: same source, version and seed. It is never live."""

    __tablename__ = "replay"

    run_id: Mapped[int] = mapped_column(ForeignKey("grading_run.id"), primary_key=True)
    of_run_id: Mapped[int] = mapped_column(ForeignKey("grading_run.id"), index=True)
    asked_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[dt.datetime]


class OpenedInputs(Base):
    """The hidden cases of one submission, opened to its student for an appeal."""

    __tablename__ = "opened_inputs"
    __table_args__ = (UniqueConstraint("submission_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"))
    reason: Mapped[str] = mapped_column(Text)
    opened_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    opened_at: Mapped[dt.datetime]
    closed_at: Mapped[dt.datetime | None]
