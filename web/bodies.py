"""Bodies that come in pieces, without saying how long they will be."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wsgi import LimitedStream


class LimitPieces:
    """Refuses a chunked body at `limit` bytes, as Flask does one that says its length.

    Werkzeug alone stops reading there, and what came so far would be taken for the whole.
    """

    def __init__(self, site: Any, limit: int) -> None:
        self._site = site
        self._limit = limit

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if environ.get("wsgi.input_terminated") and not environ.get("CONTENT_LENGTH"):
            environ["wsgi.input"] = _Counted(environ["wsgi.input"], self._limit)
        answer: Iterable[bytes] = self._site(environ, start_response)
        return answer


class _Counted(LimitedStream):
    """Raises as soon as the limit is reached, not when somebody reads on."""

    def __init__(self, stream: Any, limit: int) -> None:
        super().__init__(stream, limit, is_max=True)

    def readinto(self, b: Any) -> int | None:
        """Called by every way to read."""
        count = super().readinto(b)
        if self.is_exhausted:
            raise RequestEntityTooLarge
        return count
