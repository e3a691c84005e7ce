"""Who is calling the API: a token's owner, or for reading also somebody logged in on the site."""

from __future__ import annotations

from typing import NoReturn

from flask import abort, g, request
from flask_limiter.util import get_remote_address
from flask_login import current_user

from grader.clock import utc_now
from grader.services.people import tokens
from grader.services.people.tokens import Scope
from grader.store.people import ApiToken, Person
from web.database import reading, transaction
from web.login import current_person
from web.problems import problem

# A person, not an address, is limited: a class sits behind one.
READING_LIMIT = "600 per minute"
SUBMITTING_LIMIT = "60 per minute"


def caller(scope: Scope) -> Person:
    """The person, if the token may be used for this; ends the request with 401 or 403 otherwise.

    A cookie alone never changes anything: other sites can make a browser send it.
    """
    header = request.headers.get("Authorization")
    if header is None:
        if scope is Scope.READ and current_user.is_authenticated:
            return current_person()
        _refuse("unauthenticated", "Send a token: `Authorization: Bearer grader_…`. Make one on your account page.")
    found = _owner(header)
    if found is None:
        _refuse("unauthenticated", "This token is not known, has ended or was revoked. Make one on your account page.")
    person, token = found
    if scope.value not in token.scopes:
        _refuse(
            "insufficient_scope",
            f"This token does not include {scope.value!r}. Make one on your account page that does.",
        )
    if tokens.is_use_worth_noting(token, utc_now()):
        with transaction() as session:
            tokens.note_use(session, token.id, utc_now())
    return person


def limit_key() -> str:
    """Whose requests are counted together."""
    header = request.headers.get("Authorization")
    found = _owner(header) if header is not None else None
    if found is not None:
        return f"person:{found[0].id}"
    if header is None and current_user.is_authenticated:
        return f"person:{current_person().id}"
    return f"address:{get_remote_address()}"


def _owner(header: str) -> tuple[Person, ApiToken] | None:
    """Looked up once a request."""
    if "api_owner" not in g:
        scheme, _, text = header.partition(" ")
        is_bearer = scheme.lower() == "bearer" and text.strip().isascii()
        g.api_owner = tokens.person_of_token(reading(), text.strip(), utc_now()) if is_bearer else None
    found: tuple[Person, ApiToken] | None = g.api_owner
    return found


def _refuse(reason: str, detail: str) -> NoReturn:
    abort(problem(reason, detail))
