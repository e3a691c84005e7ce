"""Whose fault it is: three families that must never be confused."""

from __future__ import annotations


class GraderError(Exception):
    """Root of all errors that the grader raises on purpose."""


class AuthorFault(GraderError):
    """A question is wrong: its spec, cases, reference or checks.

    `where` names the file (relative to the question), `key` the TOML key or function, `line` is 1-based.
    """

    def __init__(
        self,
        message: str,
        *,
        where: str | None = None,
        key: str | None = None,
        line: int | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.where = where
        self.key = key
        self.line = line

    def __str__(self) -> str:
        place = self.where or ""
        if self.line is not None:
            place += f":{self.line}"
        if self.key is not None:
            place += f" [{self.key}]"
        return f"{place.strip()}: {self.message}" if place else self.message


class SandboxFault(GraderError):
    """The grader itself failed. Never counts against a student.

    `permanent` says that trying again makes no sense (no engine, no image, no confinement).
    """

    def __init__(self, message: str, *, permanent: bool = False) -> None:
        super().__init__(message)
        self.permanent = permanent


class UsageError(GraderError):
    """The person at the command line asked for something that cannot be; the text says what to do."""


class WireError(GraderError):
    """Bytes from another process that are not a valid message."""
