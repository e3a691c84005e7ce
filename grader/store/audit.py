"""Who did what to whom: rows are only ever added."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from grader.store.base import Base


class AuditEvent(Base):
    """One act. `subject` names what it was done to, such as "submission:12"; `detail` holds before and after."""

    __tablename__ = "audit_event"
    __table_args__ = (Index("ix_audit_event_course_id", "course_id", "id"), Index("ix_audit_event_subject", "subject"))

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[dt.datetime]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))  # None: the grader itself
    course_id: Mapped[int | None] = mapped_column(ForeignKey("course.id"))
    act: Mapped[str] = mapped_column(String(64))
    subject: Mapped[str] = mapped_column(String(100))
    detail: Mapped[dict[str, Any]]
