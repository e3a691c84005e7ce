"""Courses, who is in them, and what is to be handed in when."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from grader.store.base import Base, words
from grader.store.people import Person
from grader.store.words import Counting, CourseRole, LateKind

if TYPE_CHECKING:
    from grader.store.questions import Question


class Course(Base):
    """One course in one term. `slug` is its name in addresses."""

    __tablename__ = "course"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(64), unique=True)
    title: Mapped[str] = mapped_column(String(200))
    term: Mapped[str] = mapped_column(String(64), default="")
    time_zone: Mapped[str] = mapped_column(String(64), default="UTC")  # IANA name
    created_at: Mapped[dt.datetime]
    archived_at: Mapped[dt.datetime | None]


class Section(Base):
    """A group of a course that may have windows of its own."""

    __tablename__ = "section"
    __table_args__ = (UniqueConstraint("course_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"))
    name: Mapped[str] = mapped_column(String(100))


class Enrolment(Base):
    """A person's one role in a course. An ended one keeps its history and gives no rights."""

    __tablename__ = "enrolment"
    __table_args__ = (UniqueConstraint("course_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    section_id: Mapped[int | None] = mapped_column(ForeignKey("section.id"))
    role: Mapped[CourseRole] = mapped_column(words(CourseRole))
    created_at: Mapped[dt.datetime]
    ended_at: Mapped[dt.datetime | None]

    course: Mapped[Course] = relationship()
    person: Mapped[Person] = relationship()
    section: Mapped[Section | None] = relationship()


class Assignment(Base):
    """A tutorial's set of questions, with the window in which it is open and what lateness costs.

    opens_at ≤ due_at ≤ closes_at. Without closes_at it never closes; without due_at nothing is late.
    """

    __tablename__ = "assignment"
    __table_args__ = (
        UniqueConstraint("course_id", "slug"),
        CheckConstraint("late_share >= 0 AND late_share <= 1", name="late_share_is_a_share"),
        CheckConstraint("attempts_allowed IS NULL OR attempts_allowed > 0", name="attempts_allowed_is_positive"),
        CheckConstraint("(refill_attempts IS NULL) = (refill_every_s IS NULL)", name="refill_is_whole"),
        CheckConstraint("markers_wanted IN (1, 2)", name="one_or_two_markers"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"))
    slug: Mapped[str] = mapped_column(String(64))
    title: Mapped[str] = mapped_column(String(200))
    intro: Mapped[str] = mapped_column(Text, default="")  # Markdown
    position: Mapped[int] = mapped_column(default=0)
    opens_at: Mapped[dt.datetime | None]
    due_at: Mapped[dt.datetime | None]
    closes_at: Mapped[dt.datetime | None]
    late_kind: Mapped[LateKind] = mapped_column(words(LateKind), default=LateKind.NONE)
    late_share: Mapped[float] = mapped_column(default=0.0)
    attempts_allowed: Mapped[int | None]  # per question; None: as many as they like
    counting: Mapped[Counting] = mapped_column(words(Counting), default=Counting.BEST)
    is_visible: Mapped[bool] = mapped_column(default=True)  # False: a draft that only staff see
    # Attempts that come back: `refill_attempts` every `refill_every_s`, never above `attempts_allowed`.
    refill_attempts: Mapped[int | None]
    refill_every_s: Mapped[int | None]
    is_marked_blind: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    markers_wanted: Mapped[int] = mapped_column(default=1, server_default=text("1"))  # 2: each answer is marked twice
    created_at: Mapped[dt.datetime]

    course: Mapped[Course] = relationship()
    items: Mapped[list[AssignmentItem]] = relationship(order_by="AssignmentItem.position", back_populates="assignment")


class SectionWindow(Base):
    """The times of one section where they differ from the assignment's; a None takes the assignment's."""

    __tablename__ = "section_window"
    __table_args__ = (UniqueConstraint("assignment_id", "section_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"))
    section_id: Mapped[int] = mapped_column(ForeignKey("section.id"))
    opens_at: Mapped[dt.datetime | None]
    due_at: Mapped[dt.datetime | None]
    closes_at: Mapped[dt.datetime | None]


class AssignmentItem(Base):
    """One question of an assignment. `points` is what full marks are worth here; None: as the question says."""

    __tablename__ = "assignment_item"
    __table_args__ = (
        UniqueConstraint("assignment_id", "question_id"),
        UniqueConstraint("assignment_id", "slug"),
        CheckConstraint("attempts_allowed IS NULL OR attempts_allowed > 0", name="attempts_allowed_is_positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"))
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id"), index=True)
    slug: Mapped[str] = mapped_column(String(64))  # its name in addresses, such as tensor_add
    position: Mapped[int] = mapped_column(default=0)
    points: Mapped[float | None]
    attempts_allowed: Mapped[int | None]  # None: as the assignment says

    assignment: Mapped[Assignment] = relationship(back_populates="items")
    question: Mapped[Question] = relationship()


class Extension(Base):
    """More time or more attempts for one person, with the reason. One at a time; older ones are revoked."""

    __tablename__ = "extension"
    __table_args__ = (
        Index(
            "uq_extension_live",
            "assignment_id",
            "person_id",
            unique=True,
            sqlite_where=text("revoked_at IS NULL"),
            postgresql_where=text("revoked_at IS NULL"),
        ),
        CheckConstraint("extra_attempts >= 0", name="extra_attempts_is_not_negative"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    due_at: Mapped[dt.datetime | None]
    closes_at: Mapped[dt.datetime | None]
    extra_attempts: Mapped[int] = mapped_column(default=0)
    reason: Mapped[str] = mapped_column(Text)
    granted_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[dt.datetime]
    revoked_at: Mapped[dt.datetime | None]
