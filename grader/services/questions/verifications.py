"""Checks of drafts in the background: asked for, watched, cancelled. The work itself is `grader.jobs.verification`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session, undefer

from grader.clock import utc_now
from grader.services.auditing import audit
from grader.services.questions.packing import packed
from grader.services.refusals import Reason, Refused
from grader.spec.question import Question
from grader.store.words import VerificationState
from grader.store.workshop import QuestionDraft, Verification

UNDER_WAY = (VerificationState.QUEUED, VerificationState.RUNNING)
# A course that has this many waiting gets the next one sooner by waiting than by asking.
MAX_UNDER_WAY = 10


def ask(session: Session, draft_id: int, *, actor_id: int, now: dt.datetime | None = None) -> Verification:
    """Have the draft checked as it stands; one that checks these very bytes already is given back instead.

    A check of earlier bytes that still goes on is cancelled: nobody waits for it.
    """
    asked_at = now or utc_now()
    draft = session.get(QuestionDraft, draft_id, options=[undefer(QuestionDraft.files)], with_for_update=True)
    if draft is None or draft.closed_at is not None:
        raise Refused(Reason.NOT_FOUND, "This draft is not there any more.")
    for old in session.scalars(
        select(Verification).where(Verification.draft_id == draft_id, Verification.state.in_(UNDER_WAY))
    ):
        if old.digest == draft.digest:
            return old
        cancel(session, old.id, actor_id=actor_id, now=asked_at)
    waiting = session.scalar(
        select(func.count())
        .select_from(Verification)
        .join(QuestionDraft, QuestionDraft.id == Verification.draft_id)
        .where(QuestionDraft.course_id == draft.course_id, Verification.state.in_(UNDER_WAY))
    )
    if (waiting or 0) >= MAX_UNDER_WAY:
        raise Refused(
            Reason.TOO_MANY, f"{waiting} checks of this course are waiting already. Cancel one, or wait for them."
        )
    row = Verification(
        draft_id=draft.id,
        name=draft.name,
        digest=draft.digest,
        files=draft.files,
        state=VerificationState.QUEUED,
        tries=0,
        asked_by=actor_id,
        queued_at=asked_at,
    )
    session.add(row)
    session.flush()
    audit.record(
        session,
        "draft.verification_asked",
        f"draft:{draft.id}",
        actor_id=actor_id,
        course_id=draft.course_id,
        detail={"question": draft.name, "digest": draft.digest},
        now=asked_at,
    )
    return row


def cancel(session: Session, verification_id: int, *, actor_id: int | None, now: dt.datetime | None = None) -> bool:
    """End a check that waits or goes on; False where it has ended by itself."""
    ended = session.execute(
        update(Verification)
        .where(Verification.id == verification_id, Verification.state.in_(UNDER_WAY))
        .values(
            state=VerificationState.CANCELLED,
            lease_token=None,
            lease_expires_at=None,
            finished_at=now or utc_now(),
        )
        .returning(Verification.draft_id, Verification.name)
        .execution_options(synchronize_session="fetch")
    ).first()
    if ended is None:
        return False
    draft = None if ended.draft_id is None else session.get(QuestionDraft, ended.draft_id)
    audit.record(
        session,
        "draft.verification_cancelled",
        f"draft:{ended.draft_id}",
        actor_id=actor_id,
        course_id=None if draft is None else draft.course_id,
        detail={"question": ended.name, "verification": verification_id},
        now=now,
    )
    return True


def newest(session: Session, draft_id: int) -> Verification | None:
    """The draft's last check, whatever it checked."""
    return session.scalars(
        select(Verification).where(Verification.draft_id == draft_id).order_by(Verification.id.desc()).limit(1)
    ).one_or_none()


def newest_of(session: Session, draft_ids: Collection[int]) -> dict[int, Verification]:
    """The same of several drafts, where there is one."""
    last = select(func.max(Verification.id)).where(Verification.draft_id.in_(draft_ids))
    found = session.scalars(select(Verification).where(Verification.id.in_(last.group_by(Verification.draft_id))))
    return {check.draft_id: check for check in found if check.draft_id is not None}


def passed(session: Session, name: str, digest: str) -> Verification | None:
    """A check that these very bytes of a question have passed."""
    return session.scalars(
        select(Verification)
        .where(
            Verification.name == name,
            Verification.digest == digest,
            Verification.state == VerificationState.PASSED,
        )
        .order_by(Verification.id.desc())
        .limit(1)
    ).one_or_none()


def keep_passed(session: Session, question: Question, report: dict[str, Any], now: dt.datetime) -> None:
    """Note a verification that was done elsewhere, by the command line, and passed."""
    row = Verification(
        name=question.id,
        digest=question.version,
        files=packed(question.files),
        state=VerificationState.PASSED,
        tries=1,
        report=report,
        queued_at=now,
        started_at=now,
        finished_at=now,
    )
    session.add(row)


def place_in_queue(session: Session, verification: Verification) -> int:
    """How many checks are to be done before this one."""
    before = select(func.count()).where(
        Verification.state == VerificationState.QUEUED, Verification.id < verification.id
    )
    return session.scalar(before) or 0


def note_expected(session: Session, draft_id: int, digest: str, files: dict[str, bytes], new_digest: str) -> bool:
    """Put the expected values, as the reference gives them, into a draft that is still what was checked."""
    changed = session.execute(
        update(QuestionDraft)
        .where(QuestionDraft.id == draft_id, QuestionDraft.digest == digest, QuestionDraft.closed_at.is_(None))
        .values(files=packed(files), digest=new_digest, revision=QuestionDraft.revision + 1)
        .returning(QuestionDraft.id)
        .execution_options(synchronize_session=False)
    )
    return changed.first() is not None
