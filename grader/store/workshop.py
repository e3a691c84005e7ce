"""Questions in the making: what staff edit in the browser, and what verifying it showed."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from grader.store.base import Base, words
from grader.store.people import Person
from grader.store.words import VerificationState

_WAITING = text("state = 'queued'")


class QuestionDraft(Base):
    """The files of a question that is being written; `name` is the id it will have. `revision` grows with each save.

    `files` is packed as in a version (`grader.services.questions.publish`).
    """

    __tablename__ = "question_draft"
    __table_args__ = (Index("ix_question_draft_course_id", "course_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"))  # whose staff may edit it
    name: Mapped[str] = mapped_column(String(200))
    files: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    digest: Mapped[str] = mapped_column(String(80))
    origin: Mapped[str] = mapped_column(Text, default="")  # skeleton, upload, a folder with its commit, version 3
    revision: Mapped[int] = mapped_column(default=1)
    created_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    edited_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[dt.datetime]
    edited_at: Mapped[dt.datetime]
    closed_at: Mapped[dt.datetime | None]  # published or thrown away

    editor: Mapped[Person] = relationship(foreign_keys=[edited_by])


class Verification(Base):
    """One check of a draft's files, by a worker under a lease. `files` is what was checked."""

    __tablename__ = "verification"
    __table_args__ = (
        Index("ix_verification_draft_id", "draft_id", "id"),
        Index("ix_verification_queue", "id", sqlite_where=_WAITING, postgresql_where=_WAITING),
        Index("ix_verification_name_digest", "name", "digest"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int | None] = mapped_column(ForeignKey("question_draft.id"))
    name: Mapped[str] = mapped_column(String(200))
    digest: Mapped[str] = mapped_column(String(80))
    files: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    state: Mapped[VerificationState] = mapped_column(words(VerificationState), default=VerificationState.QUEUED)
    tries: Mapped[int] = mapped_column(default=0)
    lease_token: Mapped[str | None] = mapped_column(String(32))
    lease_expires_at: Mapped[dt.datetime | None]
    progress: Mapped[dict[str, Any] | None]  # {"step": …, "done": …, "of": …}
    report: Mapped[dict[str, Any] | None]  # what `grader question verify --json` prints, with survivors' diffs
    fault: Mapped[str | None] = mapped_column(Text)
    asked_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    queued_at: Mapped[dt.datetime]
    started_at: Mapped[dt.datetime | None]
    finished_at: Mapped[dt.datetime | None]
