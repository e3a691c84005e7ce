"""Questions and their immutable versions, with everything that the site shows of them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import JSON, ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from grader.store.base import Base, words
from grader.store.words import Device


class Question(Base):
    """A question of the bank; `name` is its id there, such as infr10086/tutorial3/tensor_add."""

    __tablename__ = "question"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200), unique=True)
    live_version_id: Mapped[int | None] = mapped_column(ForeignKey("question_version.id", use_alter=True), index=True)
    created_at: Mapped[dt.datetime]
    retired_at: Mapped[dt.datetime | None]

    live_version: Mapped[QuestionVersion | None] = relationship(foreign_keys=[live_version_id], post_update=True)


class QuestionVersion(Base):
    """A question as it was when it was published. No row ever changes.

    `spec` is question.toml as data, `examples` the public cases, `answer_key` what
    numeric and choice questions accept (never shown before grading), `files` both folders for the judge.
    """

    __tablename__ = "question_version"
    __table_args__ = (UniqueConstraint("question_id", "digest"), UniqueConstraint("question_id", "number"))

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id"))
    number: Mapped[int]  # 1, 2, 3, … as people say it
    digest: Mapped[str] = mapped_column(String(80))
    kind: Mapped[str] = mapped_column(String(16))  # code, numeric, choice, text
    title: Mapped[str] = mapped_column(String(200))
    entry_name: Mapped[str | None] = mapped_column(String(100))
    device: Mapped[Device] = mapped_column(words(Device))
    max_score: Mapped[float]
    spec: Mapped[dict[str, Any]]
    statement: Mapped[str] = mapped_column(Text)  # Markdown with LaTeX
    starter: Mapped[str] = mapped_column(Text, default="")
    examples: Mapped[
        dict[str, Any]
    ]  # expected.json: by case, inputs and expected values in the form of grader.wire.text
    answer_key: Mapped[dict[str, Any] | None] = mapped_column(JSON, deferred=True)
    files: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)  # see grader.services.questions.publish
    published_at: Mapped[dt.datetime]
    published_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    question: Mapped[Question] = relationship(foreign_keys=[question_id])
