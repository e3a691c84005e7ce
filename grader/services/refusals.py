"""Why something that a person asked for is not done: a word for programs, a sentence for the person."""

from __future__ import annotations

from enum import StrEnum

from grader.errors import GraderError


class Reason(StrEnum):
    """Kinds of refusal."""

    NOT_FOUND = "not_found"
    FORBIDDEN = "forbidden"
    INVALID = "invalid"
    CONFLICT = "conflict"
    NOT_OPEN = "not_open"
    CLOSED = "closed"
    NO_ATTEMPTS_LEFT = "no_attempts_left"
    TOO_LARGE = "too_large"
    NOT_TEXT = "not_text"
    EMPTY = "empty"
    TOO_MANY = "too_many"


HTTP_STATUS = {
    Reason.NOT_FOUND: 404,
    Reason.FORBIDDEN: 403,
    Reason.INVALID: 422,
    Reason.CONFLICT: 409,
    Reason.NOT_OPEN: 403,
    Reason.CLOSED: 403,
    Reason.NO_ATTEMPTS_LEFT: 403,
    Reason.TOO_LARGE: 413,
    Reason.NOT_TEXT: 422,
    Reason.EMPTY: 422,
    Reason.TOO_MANY: 429,
}


class Refused(GraderError):
    """Raised by services; `str()` is for the person who asked and says what to do. Nothing was changed."""

    def __init__(self, reason: Reason, message: str) -> None:
        super().__init__(message)
        self.reason = reason

    @property
    def http_status(self) -> int:
        """The status that says the same over HTTP."""
        return HTTP_STATUS[self.reason]
