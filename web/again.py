"""Work that arrived when it could not be taken: nobody was logged in any more, the form was stale, or too many came.

What was typed goes back to the person, who sends it again with one button. Between the two it travels in the page,
signed, so that nobody else can put words into a form of this site. Only what a page of this site sent is kept.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any, cast
from urllib.parse import urlencode, urlsplit

from flask import current_app, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError, generate_csrf
from itsdangerous import BadData, URLSafeTimedSerializer
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException

from web.login import is_somebody, safe_path
from web.protection import retry_after_s

MAX_KEPT_CHARACTERS = 1_000_000
GOOD_FOR_S = 24 * 3600
NEVER_KEPT = ("csrf_token", "password")


@dataclass(frozen=True, slots=True)
class Kept:
    """A form as it was sent: where to, its fields, and the names of its file fields, which must be chosen again."""

    path: str
    fields: list[tuple[str, str]]
    files: list[str]

    @property
    def long_fields(self) -> list[tuple[str, str]]:
        """What somebody wrote: shown in full."""
        return [(name, value) for name, value in self.fields if "\n" in value or len(value) > 200]

    @property
    def short_fields(self) -> list[tuple[str, str]]:
        """The rest: sent along unseen."""
        return [field for field in self.fields if field not in self.long_fields]


def page_that_keeps(error: HTTPException) -> ResponseReturnValue | None:
    """The answer to an error after which the person can go on where they were; None for any other.

    A stale form, a login that has ended and a flood: each says what happened, and brings back what was typed.
    """
    if isinstance(error, CSRFError):
        return _stale_form()
    if error.code == 401:
        return _log_in_first()
    if error.code == 429:
        return _too_many()
    return None


def _stale_form() -> ResponseReturnValue:
    title, kept = "This form is out of date", kept_form()
    if _is_for_a_program():
        # The script of a page left open over a new login goes on with the fresh one; other sites cannot read it.
        return {"title": title, "status": 400, "detail": "Load the page again.", "csrf_token": generate_csrf()}, 400
    if not is_somebody():
        return _login_page(kept, 400)
    if kept is not None:
        return render_template("auth/again.html", kept=kept, title=title), 400
    message = (
        "You logged in again since this page was loaded, or it was sent from another site. Nothing was changed. "
        "Go back, load the page again, and try once more."
    )
    return render_template("error.html", status=400, title=title, message=message), 400


def _log_in_first() -> ResponseReturnValue:
    if _is_for_a_program():
        return {"title": "Please log in", "status": 401, "detail": "You are not logged in any more."}, 401
    if request.method in {"GET", "HEAD"}:
        wanted = safe_path(request.full_path.rstrip("?"))
        return redirect("/login" if wanted == "/" else f"/login?{urlencode({'next': wanted})}", 303)
    return _login_page(kept_form(), 401)


def _too_many() -> ResponseReturnValue:
    wait_s = retry_after_s()
    title = "Too many requests"
    message = f"Nothing of this one was done. Try again in {wait_s} second{'' if wait_s == 1 else 's'}."
    if _is_for_a_program():
        return {"title": title, "status": 429, "detail": message}, 429
    kept = kept_form()
    if kept is not None:
        return render_template("auth/again.html", kept=kept, title=title, message=message), 429
    return render_template("error.html", status=429, title=title, message=message), 429


def _login_page(kept: Kept | None, status: int) -> ResponseReturnValue:
    wanted = "/" if request.method == "POST" else safe_path(request.path)
    page = render_template("auth/login.html", next=wanted, login="", kept=kept and sealed(kept), has_ended=True)
    return page, status


def _is_for_a_program() -> bool:
    accepted = request.accept_mimetypes
    return request.is_json or accepted.best == "application/json" or bool(accepted and not accepted.accept_html)


def kept_form() -> Kept | None:
    """What this request wanted to send; None where there is nothing to keep, or it did not come from a page of ours."""
    if request.method != "POST" or not _is_from_our_page() or request.blueprint in {None, "auth", "api"}:
        return None
    sent = cast("MultiDict[str, str]", request.form)
    fields = [pair for pair in sent.items(multi=True) if not any(word in pair[0] for word in NEVER_KEPT)]
    files = [name for name, file in request.files.items(multi=True) if file.filename]
    if not (fields or files) or sum(len(name) + len(value) for name, value in fields) > MAX_KEPT_CHARACTERS:
        return None
    return Kept(request.full_path.rstrip("?"), fields, files)


def sealed(kept: Kept) -> str:
    """The form as one signed field."""
    return _serializer().dumps(asdict(kept))


def opened(text: str | None) -> Kept | None:
    """What `sealed` made; None for anything else, and for what is older than a day."""
    if not text:
        return None
    try:
        told: dict[str, Any] = _serializer().loads(text, max_age=GOOD_FOR_S)
    except BadData:
        return None
    return Kept(told["path"], [(name, value) for name, value in told["fields"]], told["files"])


def _is_from_our_page() -> bool:
    """What the browser says of the page that sent the form; a page cannot make it say otherwise."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("Origin") or request.headers.get("Referer")
    return origin is not None and urlsplit(origin).netloc == request.host


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(cast(str, current_app.secret_key), salt="kept-form", serializer=json)
