"""Errors for programs: application/problem+json (RFC 9457), with a word that stays the same in `reason`."""

from __future__ import annotations

from http import HTTPStatus

import msgspec
from flask import Response, request
from werkzeug.exceptions import HTTPException

from grader.services.refusals import HTTP_STATUS, Reason

API = "/api/"
MEDIA_TYPE = "application/problem+json"
DOCUMENTATION = "/api/v1/"


class Problem(msgspec.Struct, frozen=True):
    """What went wrong. `reason` is for programs, `detail` says to people what to do."""

    type: str
    title: str
    status: int
    detail: str
    reason: str


# Every reason with the title that goes with it; those of `Reason` and those that only HTTP has.
TITLES: dict[str, str] = {
    Reason.NOT_FOUND: "There is no such thing",
    Reason.FORBIDDEN: "Not allowed",
    Reason.INVALID: "That could not be taken",
    Reason.CONFLICT: "That contradicts something else",
    Reason.NOT_OPEN: "Not open yet",
    Reason.CLOSED: "Closed",
    Reason.NO_ATTEMPTS_LEFT: "No attempts left",
    Reason.TOO_LARGE: "Too large",
    Reason.NOT_TEXT: "Not text",
    Reason.EMPTY: "Empty",
    Reason.TOO_MANY: "Too many requests",
    "bad_request": "The request could not be read",
    "unauthenticated": "A token is needed",
    "insufficient_scope": "The token may not be used for this",
    "method_not_allowed": "This address takes other methods",
    "unsupported_media_type": "Another content type is needed",
    "unavailable": "Not available just now",
    "internal": "Something went wrong on our side",
}
STATUS: dict[str, int] = {
    **{reason.value: status for reason, status in HTTP_STATUS.items()},
    "bad_request": 400,
    "unauthenticated": 401,
    "insufficient_scope": 403,
    "method_not_allowed": 405,
    "unsupported_media_type": 415,
    "unavailable": 503,
    "internal": 500,
}
_REASON_OF_STATUS = {
    400: "bad_request",
    401: "unauthenticated",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    409: "conflict",
    413: "too_large",
    415: "unsupported_media_type",
    422: "invalid",
    429: "too_many",
    503: "unavailable",
}
_DETAILS = {
    401: "Send a token: `Authorization: Bearer grader_…`. People make one on their account page.",
    404: "There is nothing at this address, or nothing that you may see.",
    405: "See the API's documentation for what this address takes.",
    413: "The request is larger than 8 MB. A source may have 256 kB; clear a notebook's outputs before handing it in.",
    429: "You ask more often than is allowed. Wait as long as Retry-After says, then go on.",
    500: "It is not your fault. Try again in a minute, with the same Idempotency-Key if you hand something in.",
}


def wants_problem() -> bool:
    """Whether whoever asks is a program that uses the API."""
    return request.path.startswith(API)


def problem(reason: str, detail: str, status: int | None = None) -> Response:
    """The answer that says so."""
    code = status or STATUS.get(reason, 500)
    body = Problem(
        type=f"{DOCUMENTATION}#{reason}",
        title=TITLES.get(reason, HTTPStatus(code).phrase),
        status=code,
        detail=detail,
        reason=reason,
    )
    response = Response(msgspec.json.encode(body), code, content_type=MEDIA_TYPE)
    if code == 401:
        response.headers["WWW-Authenticate"] = 'Bearer realm="grader"'
    return response


def problem_of(error: HTTPException) -> Response:
    """The same for what Flask or Werkzeug raised, with the headers that belong to it."""
    code = error.code or 500
    reason = _REASON_OF_STATUS.get(code, "bad_request" if code < 500 else "internal")
    response = problem(reason, _DETAILS.get(code, error.description or ""), code)
    for name, value in error.get_headers():
        if name in {"Allow", "Retry-After"}:
            response.headers[name] = value
    return response
