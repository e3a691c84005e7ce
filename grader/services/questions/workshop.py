"""Questions in the making: drafts that a course's staff edit together, file by file.

Whoever saves a file names the text that they started from. Where somebody else has changed that file meanwhile, nothing
is overwritten and both texts are there to choose from; changes of other files never stand in each other's way.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, undefer

from grader.clock import utc_now
from grader.errors import UsageError
from grader.services.auditing import audit
from grader.services.questions.packing import packed, unpacked
from grader.services.questions.question_bank import may_read_secrets
from grader.services.questions.verifications import UNDER_WAY, cancel
from grader.services.questions.workshop_files import (
    WRITTEN_BY_WORKER,
    checked_content,
    checked_files,
    checked_path,
    mark_of,
)
from grader.services.refusals import Reason, Refused
from grader.spec.question import SPEC_FILE
from grader.spec.skeleton import checked_id
from grader.spec.version import version_of
from grader.store.people import Person
from grader.store.questions import Question, QuestionVersion
from grader.store.workshop import QuestionDraft, Verification

MAX_OPEN_DRAFTS = 200
# Saves of one person within this time are one sitting, and one line of the audit log.
SITTING = dt.timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Saved:
    """What stands in the draft now. `is_conflict`: not what was sent, but what somebody else wrote meanwhile."""

    revision: int
    mark: int
    content: bytes
    is_conflict: bool = False


def open_drafts(session: Session, course_id: int) -> list[QuestionDraft]:
    """Drafts of the course that are neither published nor thrown away, by name."""
    return list(
        session.scalars(
            select(QuestionDraft)
            .where(QuestionDraft.course_id == course_id, QuestionDraft.closed_at.is_(None))
            .order_by(QuestionDraft.name, QuestionDraft.id)
        )
    )


def draft_of(session: Session, course_id: int, draft_id: int, *, with_files: bool = False) -> QuestionDraft:
    """An open draft of this very course; raises Refused for any other."""
    options = [undefer(QuestionDraft.files)] if with_files else []
    draft = session.get(QuestionDraft, draft_id, options=options)
    if draft is None or draft.course_id != course_id:
        raise Refused(Reason.NOT_FOUND, "There is no such draft in this course.")
    if draft.closed_at is not None:
        raise Refused(Reason.NOT_FOUND, "This draft was published or thrown away. Look for its question in the list.")
    return draft


def files_of_draft(draft: QuestionDraft) -> dict[str, bytes]:
    """Everything, the secret half under `reference/…`."""
    return unpacked(draft.files)


def create(
    session: Session,
    course_id: int,
    name: str,
    files: Mapping[str, bytes],
    *,
    origin: str,
    actor: Person,
    now: dt.datetime | None = None,
) -> QuestionDraft:
    """Begin a draft of the question that will be called `name`; raises Refused."""
    made_at = now or utc_now()
    try:
        checked_id(name)
    except UsageError as error:
        raise Refused(Reason.INVALID, f"{error}.") from None
    kept = checked_files(files)
    _check_free(session, course_id, name, actor)
    draft = QuestionDraft(
        course_id=course_id,
        name=name,
        files=packed(kept),
        digest=version_of(kept),
        origin=origin[:500],
        revision=1,
        created_by=actor.id,
        edited_by=actor.id,
        created_at=made_at,
        edited_at=made_at,
    )
    session.add(draft)
    session.flush()
    _record(session, "draft.created", draft, actor.id, {"origin": draft.origin, "files": len(kept)}, made_at)
    return draft


def from_version(
    session: Session, course_id: int, version_id: int, *, actor: Person, now: dt.datetime | None = None
) -> QuestionDraft:
    """A draft with the files of a published version; raises Refused."""
    version = session.get(QuestionVersion, version_id, options=[undefer(QuestionVersion.files)])
    if version is None:
        raise Refused(Reason.NOT_FOUND, "There is no such version.")
    name = version.question.name
    check_readable(session, actor, version.question)
    origin = f"version {version.number}"
    return create(session, course_id, name, unpacked(version.files), origin=origin, actor=actor, now=now)


def check_readable(session: Session, person: Person, question: Question | None) -> None:
    """Refused for somebody who is asked the question as a student elsewhere."""
    if question is not None and not may_read_secrets(session, person, question.id):
        raise Refused(
            Reason.FORBIDDEN,
            f"{question.name} is set in a course in which you are a student, so its solution is not for you to read.",
        )


def save_file(
    session: Session,
    draft: QuestionDraft,
    path: str,
    content: bytes,
    *,
    base: int,
    actor_id: int,
    now: dt.datetime | None = None,
) -> Saved:
    """Write a file on top of the text that `base` marks; 0 for a file that is not there yet. Raises Refused.

    The same text again is no conflict, whatever the base: an answer that was lost on its way makes an editor repeat.
    """
    checked_path(path)
    checked_content(path, content)
    if path in WRITTEN_BY_WORKER:
        raise Refused(Reason.INVALID, f"{path} is written when the question is verified; change the reference instead.")
    locked, files = _locked(session, draft)
    there = files.get(path)
    if there == content:
        return Saved(locked.revision, mark_of(content), content)
    if mark_of(there) != base:
        return Saved(locked.revision, mark_of(there), there or b"", is_conflict=True)
    moment = now or utc_now()
    if locked.edited_by != actor_id or moment - locked.edited_at > SITTING or locked.revision == 1:
        _record(session, "draft.edited", locked, actor_id, {"file": path}, moment)
    _write(locked, files | {path: content}, actor_id, moment)
    return Saved(locked.revision, mark_of(content), content)


def rename_file(session: Session, draft: QuestionDraft, path: str, new: str, *, actor_id: int) -> None:
    """Give a file another name; raises Refused."""
    target = checked_path(new)
    locked, files = _locked(session, draft)
    if path not in files:
        raise Refused(Reason.CONFLICT, "Somebody renamed or removed this file meanwhile.")
    if target in files:
        raise Refused(Reason.INVALID, f"There is a file {target} already.")
    files[target] = files.pop(path)
    _write(locked, checked_files(files), actor_id, utc_now())
    _record(session, "draft.file_renamed", locked, actor_id, {"file": path, "new": target})


def remove_file(session: Session, draft: QuestionDraft, path: str, *, actor_id: int) -> None:
    """Take a file out; raises Refused for the one that makes it a question."""
    if path == SPEC_FILE:
        raise Refused(Reason.INVALID, f"{SPEC_FILE} is what makes it a question: it cannot be removed.")
    locked, files = _locked(session, draft)
    if files.pop(path, None) is not None:
        _write(locked, files, actor_id, utc_now())
        _record(session, "draft.file_removed", locked, actor_id, {"file": path})


def replace_all(
    session: Session, draft: QuestionDraft, files: Mapping[str, bytes], *, origin: str, revision: int, actor_id: int
) -> None:
    """Put other files in place of all; refused where somebody has edited since `revision`."""
    kept = checked_files(files)
    locked, _ = _locked(session, draft)
    if locked.revision != revision:
        raise Refused(Reason.CONFLICT, "Somebody has edited this draft meanwhile. Look at it, then do this again.")
    locked.origin = origin[:500]
    _write(locked, kept, actor_id, utc_now())
    _record(session, "draft.replaced", locked, actor_id, {"origin": locked.origin, "files": len(kept)})


def discard(session: Session, draft: QuestionDraft, *, actor_id: int) -> None:
    """Throw the draft away; what it was checked for ends, too."""
    locked, _ = _locked(session, draft)
    close(session, locked)
    _record(session, "draft.discarded", locked, actor_id, {"revision": locked.revision})


def close(session: Session, draft: QuestionDraft) -> None:
    """It is edited no more."""
    draft.closed_at = utc_now()
    for verification_id in session.scalars(
        select(Verification.id).where(Verification.draft_id == draft.id, Verification.state.in_(UNDER_WAY))
    ).all():
        cancel(session, verification_id, actor_id=None)


def _check_free(session: Session, course_id: int, name: str, actor: Person) -> None:
    open_here = select(QuestionDraft.id).where(QuestionDraft.course_id == course_id, QuestionDraft.closed_at.is_(None))
    if session.scalar(open_here.where(QuestionDraft.name == name).limit(1)) is not None:
        raise Refused(
            Reason.CONFLICT, f"{name} is being edited in this course already. Open that draft, or throw it away first."
        )
    count = session.scalar(select(func.count()).select_from(open_here.subquery()))
    if (count or 0) >= MAX_OPEN_DRAFTS:
        raise Refused(Reason.TOO_MANY, f"This course has {count} drafts. Publish some, or throw some away.")
    check_readable(session, actor, session.scalars(select(Question).where(Question.name == name)).one_or_none())


def _locked(session: Session, draft: QuestionDraft) -> tuple[QuestionDraft, dict[str, bytes]]:
    """The draft as it is now, with nobody else writing it until the transaction ends."""
    locked = session.get(
        QuestionDraft,
        draft.id,
        options=[undefer(QuestionDraft.files)],
        with_for_update=True,
        populate_existing=True,
    )
    if locked is None or locked.closed_at is not None:
        raise Refused(Reason.NOT_FOUND, "This draft was published or thrown away meanwhile.")
    return locked, unpacked(locked.files)


def _write(draft: QuestionDraft, files: Mapping[str, bytes], actor_id: int, now: dt.datetime) -> None:
    draft.files = packed(checked_files(files))
    draft.digest = version_of(files)
    draft.revision += 1
    draft.edited_by = actor_id
    draft.edited_at = now


def _record(
    session: Session,
    act: str,
    draft: QuestionDraft,
    actor_id: int,
    detail: dict[str, Any],
    now: dt.datetime | None = None,
) -> None:
    audit.record(
        session,
        act,
        f"draft:{draft.id}",
        actor_id=actor_id,
        course_id=draft.course_id,
        detail={"question": draft.name, **detail},
        now=now,
    )
