"""People, and what lets them in."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from grader.store.base import Base, words
from grader.store.words import CourseRole


class Person(Base):
    """Somebody with an account. `session_key` is in every cookie of theirs: changing it logs them out everywhere."""

    __tablename__ = "person"
    __table_args__ = (CheckConstraint("login = lower(login)", name="login_is_lower_case"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    login: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    email: Mapped[str | None] = mapped_column(String(254))
    password_hash: Mapped[str | None] = mapped_column(String(200))
    is_admin: Mapped[bool] = mapped_column(default=False)
    session_key: Mapped[str] = mapped_column(String(64))
    time_zone: Mapped[str | None] = mapped_column(String(64))  # IANA name; None: the course's
    created_at: Mapped[dt.datetime]
    disabled_at: Mapped[dt.datetime | None]


class ApiToken(Base):
    """A key for scripts; only a hash of it is kept. `scopes` are words of `grader.services.people.tokens`."""

    __tablename__ = "api_token"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    name: Mapped[str] = mapped_column(String(100))
    prefix: Mapped[str] = mapped_column(String(16))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    scopes: Mapped[list[str]]
    created_at: Mapped[dt.datetime]
    last_used_at: Mapped[dt.datetime | None]
    expires_at: Mapped[dt.datetime | None]
    revoked_at: Mapped[dt.datetime | None]

    person: Mapped[Person] = relationship()


class Invitation(Base):
    """A link that makes an account, or adds a course to one. It works once."""

    __tablename__ = "invitation"
    __table_args__ = (Index("ix_invitation_course_id", "course_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"))
    section_id: Mapped[int | None] = mapped_column(ForeignKey("section.id"))
    role: Mapped[CourseRole] = mapped_column(words(CourseRole))
    login: Mapped[str | None] = mapped_column(String(64))  # whom it is for; None: whoever has the link
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))  # None: the command line
    created_at: Mapped[dt.datetime]
    expires_at: Mapped[dt.datetime]
    used_at: Mapped[dt.datetime | None]
    used_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    revoked_at: Mapped[dt.datetime | None]
