"""Bodies that come in pieces, without saying how long they will be, and forms of more fields than any page has."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from typing import Any

from flask import Request
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.formparser import FormDataParser
from werkzeug.wsgi import LimitedStream

# A roster of thousands fits; four million fields, which 8 MB can hold, keep a core busy for ten seconds.
MAX_FIELDS = 10_000


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


class _FewFields(FormDataParser):
    """Counts the fields of an urlencoded form before they are read; Werkzeug does so for the other kind only."""

    def _parse_urlencoded(self, stream: Any, *given: Any) -> Any:
        raw = stream.read()
        if raw.count(b"&") >= MAX_FIELDS:
            raise RequestEntityTooLarge
        return super()._parse_urlencoded(BytesIO(raw), *given)


class SiteRequest(Request):
    """A request of this site."""

    form_data_parser_class = _FewFields
