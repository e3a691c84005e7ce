"""Questions into the database, as versions that never change. Whoever calls this has verified them."""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass

import msgspec
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from grader.clock import utc_now
from grader.spec.answer_key import answer_key_of
from grader.spec.load import load_question
from grader.spec.question import EXPECTED_FILE, STARTER_FILE, STATEMENT_FILE
from grader.spec.question import Question as BankQuestion
from grader.store.questions import Question, QuestionVersion
from grader.store.words import Device


@dataclass(frozen=True, slots=True)
class Published:
    """What publishing came to; `is_new` is False where this very version was there already."""

    version_id: int
    number: int
    is_new: bool


def publish(session: Session, question: BankQuestion, *, published_by: int | None = None) -> Published:
    """Make this the question's live version. The same files again make the same version live again."""
    row = session.scalars(select(Question).where(Question.name == question.id).with_for_update()).one_or_none()
    if row is None:
        row = Question(name=question.id, created_at=utc_now())
        session.add(row)
        session.flush()
    version = session.scalars(
        select(QuestionVersion).where(QuestionVersion.question_id == row.id, QuestionVersion.digest == question.version)
    ).one_or_none()
    is_new = version is None
    if version is None:
        version = _version_of(session, row.id, question, published_by)
        session.add(version)
        session.flush()
    row.live_version_id = version.id
    row.retired_at = None
    return Published(version.id, version.number, is_new)


def question_of(version: QuestionVersion) -> BankQuestion:
    """The whole question, for a judge."""
    files: dict[str, bytes] = msgspec.msgpack.decode(zlib.decompress(version.files), type=dict[str, bytes])
    return load_question(files, version.question.name)


def _version_of(
    session: Session, question_id: int, question: BankQuestion, published_by: int | None
) -> QuestionVersion:
    newest = session.scalar(select(func.max(QuestionVersion.number)).where(QuestionVersion.question_id == question_id))
    spec = question.spec
    key = answer_key_of(question.files)
    return QuestionVersion(
        question_id=question_id,
        number=(newest or 0) + 1,
        digest=question.version,
        kind=spec.kind,
        title=spec.title,
        entry_name=spec.entry and spec.entry.name,
        device=Device.GPU if spec.device == "cuda" else Device.CPU,
        max_score=spec.max_score,
        spec=msgspec.to_builtins(spec),
        statement=question.text(STATEMENT_FILE),
        starter=question.text(STARTER_FILE) if STARTER_FILE in question.files else "",
        examples=json.loads(question.text(EXPECTED_FILE)) if EXPECTED_FILE in question.files else {},
        answer_key=None if key is None else msgspec.to_builtins(key),
        files=zlib.compress(msgspec.msgpack.encode(dict(question.files))),
        published_at=utc_now(),
        published_by=published_by,
    )
