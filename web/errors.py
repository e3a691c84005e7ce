"""Error pages: what went wrong, and what to do."""

from __future__ import annotations

from flask import Flask, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from grader.services.refusals import Refused

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
}


def install(app: Flask) -> None:
    """Handlers for refusals, HTTP errors and defects. The API answers with problem+json of its own."""
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(HTTPException, _http_error)


def _refused(error: Refused) -> ResponseReturnValue:
    return _page(error.http_status, str(error))


def _http_error(error: HTTPException) -> ResponseReturnValue:
    if error.code is None or error.code < 400:
        return error
    return _page(error.code, error.description or "")


def _page(status: int, message: str) -> ResponseReturnValue:
    title = TITLES.get(status, "That did not work")
    if request.accept_mimetypes.best == "application/json":
        return {"title": title, "status": status, "detail": message}, status
    return render_template("error.html", status=status, title=title, message=message), status
