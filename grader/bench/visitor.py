"""A browser as light as can be: the cookies and the form token of one person, over connections that are kept."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPResponse
from urllib.parse import urlencode

from grader.errors import GraderError

_TOKEN = re.compile(rb'name="csrf_token"[^>]*?value="([^"]+)"')
_FORM = "application/x-www-form-urlencoded"


class NoAnswer(GraderError):
    """The site hung up."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    location: str
    body: bytes
    retry_after_s: float  # when to ask again, if it said so


@dataclass
class Visitor:
    """One person: whoever has a connection at hand may act for them."""

    login: str
    address: str
    cookies: dict[str, str] = field(default_factory=dict)
    token: str = ""

    def get(self, connection: HTTPConnection, path: str) -> Answer:
        """A page."""
        return self._ask(connection, "GET", path, None, {})

    def post(self, connection: HTTPConnection, path: str, **fields: str) -> Answer:
        """A form, with the token of the page that it stands on."""
        body = urlencode({"csrf_token": self.token, **fields}).encode()
        return self._ask(connection, "POST", path, body, {"Content-Type": _FORM, "Referer": "http://127.0.0.1/"})

    def log_in(self, connection: HTTPConnection, password: str, page: str) -> None:
        """Through the login page, then fetch the token of a page with a form."""
        self._take_token(self.get(connection, "/login"), "/login")
        answer = self.post(connection, "/login", login=self.login, password=password)
        if answer.status not in {302, 303}:
            raise NoAnswer(f"{self.login} could not log in: HTTP {answer.status}")
        self._take_token(self.get(connection, page), page)

    def _take_token(self, answer: Answer, page: str) -> None:
        found = _TOKEN.search(answer.body)
        if answer.status != 200 or found is None:
            raise NoAnswer(f"{page} has no form for {self.login}: HTTP {answer.status}")
        self.token = found[1].decode()

    def _ask(
        self, connection: HTTPConnection, method: str, path: str, body: bytes | None, headers: dict[str, str]
    ) -> Answer:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        sent = {**headers, "Cookie": cookies, "X-Forwarded-For": self.address, "Accept": "text/html"}
        try:
            connection.request(method, path, body, sent)
            response = connection.getresponse()
            said = response.read()
        except (HTTPException, OSError) as error:
            connection.close()
            raise NoAnswer(f"{method} {path}: {error!r}") from error
        for header in response.headers.get_all("Set-Cookie", []):
            name, _, value = header.partition(";")[0].partition("=")
            self.cookies[name] = value
        return Answer(response.status, response.headers.get("Location", ""), said, _retry_after_s(response))


def _retry_after_s(response: HTTPResponse) -> float:
    said = response.headers.get("Retry-After", "")
    return float(said) if said.isdecimal() else 1.0
