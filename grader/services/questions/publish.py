"""Questions into the database, as versions that never change. Whoever calls this has verified them."""

from __future__ import annotations

import json
from dataclasses import dataclass

import msgspec
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from grader.clock import utc_now
from grader.services.grades.standings import touch_question
from grader.services.questions.packing import packed, unpacked
from grader.services.refusals import Reason, Refused
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
    row = _locked(session, question.id) or _fresh(session, question.id)
    version = find_version(session, question.id, question.version)
    is_new = version is None
    if version is None:
        version = _version_of(session, row.id, question, published_by)
        session.add(version)
        session.flush()
    before = None if row.live_version is None else row.live_version.max_score
    row.live_version_id = version.id
    row.retired_at = None
    session.flush()
    if before != version.max_score:
        touch_question(session, row.id)
    return Published(version.id, version.number, is_new)


def find_version(session: Session, name: str, digest: str) -> QuestionVersion | None:
    """The version of a question that has this digest: what was published once need not be verified again."""
    return session.scalars(
        select(QuestionVersion)
        .join(Question, Question.id == QuestionVersion.question_id)
        .where(Question.name == name, QuestionVersion.digest == digest)
    ).one_or_none()


def retire(session: Session, name: str) -> None:
    """Offer the question to no further assignment; those that have it go on with its live version."""
    row = _locked(session, name)
    if row is None:
        raise Refused(Reason.NOT_FOUND, f"no published question {name!r}")
    if row.retired_at is None:
        row.retired_at = utc_now()


def unpublish(session: Session, name: str) -> QuestionVersion:
    """Make the version before the live one live again, and say which; refused where there is none."""
    row = _locked(session, name)
    if row is None or row.live_version is None:
        raise Refused(Reason.NOT_FOUND, f"no published question {name!r}")
    earlier = session.scalars(
        select(QuestionVersion)
        .where(QuestionVersion.question_id == row.id, QuestionVersion.number < row.live_version.number)
        .order_by(QuestionVersion.number.desc())
        .limit(1)
    ).one_or_none()
    if earlier is None:
        raise Refused(Reason.CONFLICT, f"{name} has no version before the live one; retire it instead")
    is_worth_other = row.live_version.max_score != earlier.max_score
    row.live_version_id = earlier.id
    session.flush()
    if is_worth_other:
        touch_question(session, row.id)
    return earlier


def question_of(version: QuestionVersion) -> BankQuestion:
    """The whole question, for a judge."""
    return load_question(files_of(version), version.question.name)


def files_of(version: QuestionVersion) -> dict[str, bytes]:
    """Everything that was published, the secret half under `reference/…`."""
    return unpacked(version.files)


def _locked(session: Session, name: str) -> Question | None:
    return session.scalars(select(Question).where(Question.name == name).with_for_update()).one_or_none()


def _fresh(session: Session, name: str) -> Question:
    """A new row; the one that somebody else made meanwhile where two publish the same question for the first time."""
    try:
        with session.begin_nested():
            row = Question(name=name, created_at=utc_now())
            session.add(row)
            session.flush()
    except IntegrityError:
        return session.scalars(select(Question).where(Question.name == name).with_for_update()).one()
    return row


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
        files=packed(question.files),
        published_at=utc_now(),
        published_by=published_by,
    )
