"""Error pages: what went wrong, and what to do."""

from __future__ import annotations

import logging

from flask import Flask, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from grader.services.refusals import Reason, Refused
from web.again import page_that_keeps
from web.database import forget_reading
from web.problems import problem, problem_of, wants_problem

TITLES = {
    400: "That request could not be read",
    401: "Please log in",
    403: "You may not do this",
    404: "There is no such page",
    405: "That cannot be done here",
    409: "Somebody was faster",
    413: "That is too large",
    422: "That could not be taken",
    429: "Too many requests",
    500: "Something went wrong on our side",
    503: "Not available just now",
}

# Where the reason says more than the status does.
TITLES_OF_REASONS = {
    Reason.NOT_OPEN: "Not open yet",
    Reason.CLOSED: "This is closed",
    Reason.NO_ATTEMPTS_LEFT: "No attempts left",
}

# In place of what Werkzeug says, which is written for programmers.
SENTENCES = {
    401: "This page is only for people who are logged in.",
    403: "Your role in this course does not include this. If you think it should, ask the course staff.",
    404: "The address may be mistyped, or the page belongs to a course that you are not in.",
    405: "This address takes another kind of request. Go back and use the buttons of the page.",
    429: "You asked for this very often in a short time. Wait a minute, then try again.",
    500: "It is not your fault, and nothing that you handed in is lost. Try again in a minute; "
    "if it goes on, tell the course staff when it happened.",
}
TOO_LARGE = (
    "A Python file may have 256 kB and a notebook 8 MB. Nothing was handed in and no attempt was used. "
    "If it is a notebook, clear its outputs and hand it in again; if it is a file, leave out data and keep the code."
)

# When not even a page can be rendered: the database is away, say.
LAST_RESORT = """<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title>
<h1>{title}</h1><p>{message}</p><p><a href="/">To the start page</a></p>"""


def install(app: Flask) -> None:
    """Handlers for refusals, HTTP errors and defects. The API answers with problem+json of its own."""
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(HTTPException, _http_error)


def _refused(error: Refused) -> ResponseReturnValue:
    if wants_problem():
        return problem(error.reason, str(error))
    return _page(error.http_status, str(error), TITLES_OF_REASONS.get(error.reason))


def _http_error(error: HTTPException) -> ResponseReturnValue:
    if error.code is None or error.code < 400:
        return error
    if wants_problem():
        return problem_of(error)
    keeping = page_that_keeps(error)
    if keeping is not None:
        return keeping
    if isinstance(error, RequestEntityTooLarge):
        return _page(413, TOO_LARGE)
    is_own_sentence = error.description not in {None, type(error).description}
    message = error.description if is_own_sentence else SENTENCES.get(error.code, error.description)
    return _page(error.code, message or "")


def _page(status: int, message: str, title: str | None = None) -> ResponseReturnValue:
    title = title or TITLES.get(status, "That did not work")
    if request.accept_mimetypes.best == "application/json":
        return {"title": title, "status": status, "detail": message}, status
    try:
        return render_template("error.html", status=status, title=title, message=message), status
    except Exception:  # an error page must not fail, whatever is broken
        logging.getLogger(__name__).exception("the error page itself could not be rendered")
        forget_reading()
        return LAST_RESORT.format(title=title, message=message.replace("<", "&lt;")), status
