"""A server's API, for commands that hand in: retries what was lost on the way, says what to do about the rest."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from grader.errors import GraderError, UsageError
from grader.pipeline.plain_text import plain

ANSWER_S = 30.0
MAX_ANSWER_BYTES = 16 * 1024 * 1024
# Waits between tries; a request is repeated under the same key, so that it is taken once.
RETRY_S = (0.5, 1.0, 2.0, 4.0)
MAX_WAIT_S = 65.0
MAX_SENTENCE_CHARS = 1000
PASSING = frozenset({502, 503, 504})

Told = Callable[[str], None]


class Server:
    """One deployment, spoken to with one token."""

    def __init__(self, address: str, token: str, *, tell: Told = lambda _sentence: None) -> None:
        parts = urlsplit(address)
        if parts.scheme not in {"http", "https"} or not parts.netloc:
            raise UsageError(f"{address!r} is no address of a server: write it like https://grader.example.org")
        self.address = address.rstrip("/")
        if not token.isascii() or not token.isprintable() or " " in token:
            raise UsageError("that token cannot be one: it has characters that no token has")
        self._token = token
        self._tell = tell
        self._opener = build_opener(_NoRedirect)

    def submit(self, body: dict[str, Any], key: str) -> dict[str, Any]:
        """Hand in once, however often the request has to be repeated."""
        return self._ask("POST", "/submissions", json.dumps(body).encode(), {"Idempotency-Key": key})

    def submission(self, submission_id: int) -> dict[str, Any]:
        """State and result."""
        return self._ask("GET", f"/submissions/{submission_id}")

    def page(self, submission_id: int) -> str:
        """Where people look at it."""
        return f"{self.address}/submissions/{submission_id}/"

    def _ask(
        self, method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None
    ) -> dict[str, Any]:
        """The answer; raises UsageError for what the person can change and GraderError for what they cannot."""
        request = Request(f"{self.address}/api/v1{path}", body, method=method)  # noqa: S310 - the scheme is checked
        for name, value in {
            **(headers or {}),
            "Authorization": f"Bearer {self._token}",
            "Accept": "application/json",
            **({"Content-Type": "application/json"} if body is not None else {}),
        }.items():
            request.add_header(name, value)
        lost = "no answer"
        for usual_s in (*RETRY_S, None):
            wait_s = usual_s
            try:
                with self._opener.open(request, timeout=ANSWER_S) as answer:
                    return self._read(answer.read(MAX_ANSWER_BYTES))
            except HTTPError as error:
                with error:
                    wait_s = self._after_refusal(error, wait_s)
                lost = f"it answers {error.code}"
            except (URLError, HTTPException, OSError) as error:
                lost = str(getattr(error, "reason", error)) or type(error).__name__
            if wait_s is None:
                break
            self._tell(f"{self.address}: {lost}; trying again")
            time.sleep(wait_s)
        raise GraderError(f"{self.address} cannot be reached ({lost}). Is the address right? Try again later.")

    def _after_refusal(self, error: HTTPError, wait_s: float | None) -> float | None:
        """How long to wait before trying again, None for no more; raises when trying again makes no sense."""
        problem = _problem(error.read(MAX_ANSWER_BYTES))
        if error.code == 429:
            told_s = error.headers.get("Retry-After") or ""
            if wait_s is None or not told_s.isdecimal() or int(told_s) > MAX_WAIT_S:
                raise GraderError(problem.get("detail") or f"{self.address} is asked too often; try again later")
            return max(1.0, float(told_s))
        if error.code in PASSING:
            return wait_s
        raise self._refused(error.code, problem)

    def _refused(self, status: int, problem: dict[str, Any]) -> GraderError:
        detail = problem.get("detail")
        if not isinstance(detail, str) or "reason" not in problem:
            if 300 <= status < 400:
                return UsageError(f"{self.address} leads elsewhere; give the address that the browser shows in the end")
            return UsageError(
                f"{self.address} does not look like a grader (it answers {status}); is the address right?"
            )
        if status >= 500:
            return GraderError(f"{self.address}: {detail}")
        if status == 401:
            detail = f"{self.address} does not take this token. {detail} ({self.address}/account)"
        return UsageError(plain(detail, MAX_SENTENCE_CHARS))

    def _read(self, raw: bytes) -> dict[str, Any]:
        try:
            answer = json.loads(raw)
        except ValueError:
            answer = None
        if not isinstance(answer, dict):
            raise UsageError(f"{self.address} does not look like a grader; is the address right?")
        return answer


class _NoRedirect(HTTPRedirectHandler):
    """A token goes where it was sent and nowhere else."""

    def redirect_request(self, *_: object) -> None:
        """None: the redirect becomes an error."""


def _problem(raw: bytes) -> dict[str, Any]:
    try:
        found = json.loads(raw)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
