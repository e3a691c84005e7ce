"""People's accounts: logins, passwords, and what they may change about themselves."""

from __future__ import annotations

import re
import secrets
import unicodedata
from functools import cache
from zoneinfo import available_timezones

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from grader.clock import utc_now
from grader.services.refusals import Reason, Refused
from grader.store.people import Person

MIN_PASSWORD = 10
MAX_PASSWORD = 200
MAX_NAME = 200
MAX_EMAIL = 254
LOGIN = re.compile(r"[a-z0-9][a-z0-9._+@-]{0,63}")
EMAIL = re.compile(r"[^@\s]+@[^@\s]+")

# The library's own parameters; tests put a cheaper one in its place.
hasher = PasswordHasher()


def login_from(text: str) -> str:
    """A login as it is stored: lower case, letters and digits of ASCII and . _ + - @; raises Refused."""
    login = text.strip().lower()
    if not LOGIN.fullmatch(login):
        raise Refused(
            Reason.INVALID,
            "A login has up to 64 letters a–z, digits and . _ + - @, and begins with a letter or digit.",
        )
    return login


def name_from(text: str) -> str:
    """A person's name as it is stored: any text of one line."""
    return _line(text, "A name", MAX_NAME)


def email_from(text: str | None) -> str | None:
    """An e-mail address as it is stored; None for an empty one."""
    if text is None or not text.strip():
        return None
    email = _line(text, "An e-mail address", MAX_EMAIL)
    if not EMAIL.fullmatch(email):
        raise Refused(Reason.INVALID, "An e-mail address looks like ada@example.org.")
    return email


def time_zone_from(text: str | None) -> str | None:
    """The name of a time zone; None, for "as the course", when empty."""
    if not text:
        return None
    if text not in time_zones():
        raise Refused(Reason.INVALID, "Choose a time zone of the list, such as Europe/London.")
    return text


@cache
def time_zones() -> tuple[str, ...]:
    """All names of time zones, in order; old aliases without a region are left out."""
    return ("UTC", *sorted(name for name in available_timezones() if "/" in name and not name.startswith("Etc/")))


def create_person(
    session: Session,
    login: str,
    name: str,
    *,
    password: str | None = None,
    email: str | None = None,
    is_admin: bool = False,
) -> Person:
    """A new account; without a password nobody can log in to it yet. Refuses a login that is taken."""
    person = Person(
        login=login_from(login),
        name=name_from(name),
        email=email_from(email),
        password_hash=None if password is None else _hashed(password),
        is_admin=is_admin,
        session_key=_session_key(),
        created_at=utc_now(),
    )
    try:
        with session.begin_nested():
            session.add(person)
    except IntegrityError as error:
        raise Refused(Reason.CONFLICT, f"There is an account {person.login} already; choose another login.") from error
    return person


def person_with_login(session: Session, login: str) -> Person | None:
    """Whoever has this login, however it is written."""
    return session.scalars(select(Person).where(Person.login == login.strip().lower())).one_or_none()


def check_password(session: Session, login: str, password: str) -> Person | None:
    """The person, if login and password are theirs and the account is in use. It only reads.

    An unknown login costs as much time as a wrong password, so that time does not tell which logins exist.
    """
    person = person_with_login(session, login) if LOGIN.fullmatch(login.strip().lower()) else None
    kept = person.password_hash if person is not None else None
    is_right = _verifies(kept or _nobodys_hash(hasher), password) and kept is not None
    return person if person is not None and is_right and person.disabled_at is None else None


def is_outdated(person: Person) -> bool:
    """Whether the password was hashed with other parameters than those of today; see `renew_hash`."""
    return person.password_hash is not None and hasher.check_needs_rehash(person.password_hash)


def renew_hash(session: Session, person_id: int, password: str) -> None:
    """Hash again with today's parameters a password that was just found right. Nobody is logged out."""
    person = session.get_one(Person, person_id, with_for_update=True)
    if person.password_hash is not None and _verifies(person.password_hash, password):
        person.password_hash = hasher.hash(_normal(password))


def set_password(person: Person, password: str) -> None:
    """A new password; logs the person out everywhere."""
    person.password_hash = _hashed(password)
    log_out_everywhere(person)


def log_out_everywhere(person: Person) -> None:
    """Make every cookie of theirs worthless. API tokens stay."""
    person.session_key = _session_key()


def edit_profile(person: Person, *, name: str, email: str | None, time_zone: str | None) -> None:
    """What people say about themselves."""
    person.name, person.email, person.time_zone = name_from(name), email_from(email), time_zone_from(time_zone)


def disable(person: Person) -> None:
    """Lock the account; what it handed in stays."""
    person.disabled_at = person.disabled_at or utc_now()
    log_out_everywhere(person)


def enable(person: Person) -> None:
    """Unlock the account."""
    person.disabled_at = None


def _line(text: str, what: str, longest: int) -> str:
    line = " ".join(unicodedata.normalize("NFC", text).split())
    if not line:
        raise Refused(Reason.INVALID, f"{what} must not be empty.")
    if len(line) > longest:
        raise Refused(Reason.INVALID, f"{what} has at most {longest} characters.")
    if any(unicodedata.category(character) in {"Cc", "Cs"} for character in line):
        raise Refused(Reason.INVALID, f"{what} must not hold control characters.")
    return line


def _hashed(password: str) -> str:
    if len(password) < MIN_PASSWORD:
        raise Refused(Reason.INVALID, f"A password has at least {MIN_PASSWORD} characters.")
    if len(password) > MAX_PASSWORD:
        raise Refused(Reason.INVALID, f"A password has at most {MAX_PASSWORD} characters.")
    return hasher.hash(_normal(password))


def _verifies(kept: str, password: str) -> bool:
    try:
        # One character too many is as wrong as a thousand, and cheaper.
        return hasher.verify(kept, _normal(password[: MAX_PASSWORD + 1]))
    except (VerificationError, InvalidHashError):
        return False


def _normal(password: str) -> bytes:
    # The same key gives other code points on other systems.
    return unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")


@cache
def _nobodys_hash(used: PasswordHasher) -> str:
    return used.hash(secrets.token_bytes(16))


def _session_key() -> str:
    return secrets.token_urlsafe(32)
