"""Keys for scripts: shown once, kept as a hash, with a scope, an end and a way to revoke them."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Iterable
from enum import StrEnum

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from grader.clock import utc_now
from grader.services.auditing import audit
from grader.services.people.accounts import name_from
from grader.services.refusals import Reason, Refused
from grader.store.people import ApiToken, Person

PREFIX = "grader_"
SHOWN = len(PREFIX) + 6  # enough to tell one's tokens apart, too little to guess the rest
MAX_NAME = 100
MAX_TOKENS = 50  # of one person, not counting dead ones
NOTED_EVERY = dt.timedelta(minutes=1)


class Scope(StrEnum):
    """What a token may be used for; its owner's rights bound it further."""

    READ = "read"
    SUBMIT = "submit"


def create_token(
    session: Session,
    person_id: int,
    name: str,
    scopes: Iterable[Scope],
    expires_at: dt.datetime | None = None,
) -> tuple[ApiToken, str]:
    """A new token and its text, which nobody can see again."""
    now = utc_now()
    wanted = sorted(set(scopes))
    if not wanted:
        raise Refused(Reason.INVALID, "Choose what the token may be used for.")
    if expires_at is not None and expires_at <= now:
        raise Refused(Reason.INVALID, "Choose an end that lies ahead.")
    label = name_from(name)
    if len(label) > MAX_NAME:
        raise Refused(Reason.INVALID, f"The name of a token has at most {MAX_NAME} characters.")
    if len([token for token in tokens_of(session, person_id) if is_alive(token, now)]) >= MAX_TOKENS:
        raise Refused(Reason.TOO_MANY, f"You have {MAX_TOKENS} tokens; revoke one that is not needed any more.")
    text = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken(
        person_id=person_id,
        name=label,
        prefix=text[:SHOWN],
        token_hash=_hashed(text),
        scopes=[scope.value for scope in wanted],
        created_at=now,
        expires_at=expires_at,
    )
    session.add(token)
    session.flush()
    detail = {"name": label, "scopes": token.scopes}
    audit.record(session, "token.created", f"token:{token.id}", actor_id=person_id, detail=detail, now=now)
    return token, text


def tokens_of(session: Session, person_id: int) -> list[ApiToken]:
    """All of a person's tokens, also dead ones, newest first."""
    found = select(ApiToken).where(ApiToken.person_id == person_id).order_by(ApiToken.id.desc())
    return list(session.scalars(found))


def is_alive(token: ApiToken, now: dt.datetime) -> bool:
    """Neither revoked nor past its end."""
    return token.revoked_at is None and (token.expires_at is None or token.expires_at > now)


def person_of_token(session: Session, text: str, now: dt.datetime) -> tuple[Person, ApiToken] | None:
    """Whose token this is; None for an unknown, revoked or expired one and for a disabled account.

    It only reads: `is_use_worth_noting` says when the caller should call `note_use` in a transaction.
    """
    token = session.scalars(select(ApiToken).where(ApiToken.token_hash == _hashed(text))).one_or_none()
    if token is None or not is_alive(token, now) or token.person.disabled_at is not None:
        return None
    return token.person, token


def is_use_worth_noting(token: ApiToken, now: dt.datetime) -> bool:
    """At most once a minute, so that a script that polls does not write at every request."""
    return token.last_used_at is None or token.last_used_at <= now - NOTED_EVERY


def note_use(session: Session, token_id: int, now: dt.datetime) -> None:
    """Keep when the token was last used; of several at once, one writes."""
    session.execute(
        update(ApiToken)
        .where(
            ApiToken.id == token_id,
            or_(ApiToken.last_used_at.is_(None), ApiToken.last_used_at <= now - NOTED_EVERY),
        )
        .values(last_used_at=now)
    )


def revoke(session: Session, token_id: int, person_id: int, *, actor_id: int | None = None) -> None:
    """End one of the person's own tokens at once; a second time changes nothing. `actor_id`: who, if not they."""
    token = session.get(ApiToken, token_id)
    if token is None or token.person_id != person_id:
        raise Refused(Reason.NOT_FOUND, "There is no such token.")
    if token.revoked_at is None:
        token.revoked_at = utc_now()
        audit.record(session, "token.revoked", f"token:{token.id}", actor_id=actor_id or person_id)


def _hashed(text: str) -> str:
    # 256 random bits need no salt and no slow hash.
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
