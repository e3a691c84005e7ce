"""What people are writing, kept as they type, so that another browser goes on where this one stopped."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from grader.pipeline.source import MAX_SOURCE_BYTES
from grader.services.refusals import Reason, Refused
from grader.store.insert import insert_unless_there
from grader.store.submissions import Draft


@dataclass(frozen=True, slots=True)
class Saved:
    """What stands in the database now. `is_conflict`: not what was sent, but something newer from elsewhere."""

    revision: int
    is_conflict: bool
    source: str


def load(session: Session, item_id: int, person_id: int) -> Draft | None:
    """The person's draft for the item."""
    return session.get(Draft, (item_id, person_id), populate_existing=True)


def save(session: Session, item_id: int, person_id: int, source: str, revision: int, now: dt.datetime) -> Saved:
    """Keep what was written on top of `revision`, which is 0 where there was no draft; raises Refused.

    When another window has saved meanwhile, nothing changes and its draft comes back, for the person to choose. The
    same text again is no conflict, whatever the revision: an answer that was lost on its way makes an editor repeat.
    """
    _check(source)
    if revision == 0:
        key = {"item_id": item_id, "person_id": person_id}
        if insert_unless_there(session, Draft, **key, source=source, revision=1, updated_at=now):
            return Saved(1, is_conflict=False, source=source)
    elif (new := _overwrite(session, item_id, person_id, source, revision, now)) is not None:
        return Saved(new, is_conflict=False, source=source)
    there = session.execute(
        select(Draft.source, Draft.revision).where(Draft.item_id == item_id, Draft.person_id == person_id)
    ).first()
    if there is None:
        # An editor that outlived its draft starts a new one.
        return save(session, item_id, person_id, source, 0, now)
    return Saved(there.revision, is_conflict=there.source != source, source=there.source)


def _overwrite(
    session: Session, item_id: int, person_id: int, source: str, revision: int, now: dt.datetime
) -> int | None:
    """The new revision; None where the old one is not there any more."""
    return session.scalar(
        update(Draft)
        .where(Draft.item_id == item_id, Draft.person_id == person_id, Draft.revision == revision)
        .values(source=source, revision=Draft.revision + 1, updated_at=now)
        .returning(Draft.revision)
        .execution_options(synchronize_session=False)
    )


def _check(source: str) -> None:
    try:
        size = len(source.encode("utf-8"))
    except UnicodeEncodeError:
        raise Refused(Reason.NOT_TEXT, "The text holds characters that are no characters.") from None
    if "\0" in source:
        raise Refused(Reason.NOT_TEXT, "The text holds a NUL character.")
    if size > MAX_SOURCE_BYTES:
        most = f"{MAX_SOURCE_BYTES // 1000} kB"
        raise Refused(Reason.TOO_LARGE, f"The text is larger than {most}, the most that is kept.")
