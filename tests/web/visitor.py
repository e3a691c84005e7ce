"""A site over a small world, and people who use it as a browser does: with cookies, and tokens in every form."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from grader.services.people import accounts
from grader.settings import EMBEDDED_BROKER, ServiceSettings
from grader.store.database import Database
from grader.store.models import Person
from tests.passwords import PASSWORD
from tests.world import World, make_world
from web import create_app

OUR_PAGE = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin", "Accept": "text/html"}


@dataclass(frozen=True)
class Form:
    """A form of a page: its address and its fields."""

    action: str
    method: str
    fields: dict[str, str]


class Visitor:
    """One browser."""

    def __init__(self, app: Flask, **environment: str) -> None:
        self.client = app.test_client()
        self._environment = environment

    def get(self, path: str, **headers: str) -> TestResponse:
        """Open an address."""
        given = {"Accept": "text/html", **headers}
        return self.client.get(path, headers=given, environ_overrides=self._environment)

    def post(self, path: str, *, token: str | None = None, **given: Any) -> TestResponse:
        """Send a form of ours; the token is that of the start of the session unless told."""
        fields = {"csrf_token": self.token() if token is None else token, **given}
        return self.client.post(path, data=fields, headers=OUR_PAGE, environ_overrides=self._environment)

    def send(self, form: Form, **typed: Any) -> TestResponse:
        """Send a form that a page showed, with what was typed into it."""
        return self.client.post(
            form.action, data={**form.fields, **typed}, headers=OUR_PAGE, environ_overrides=self._environment
        )

    def token(self) -> str:
        """What the site's forms hold for this browser now."""
        found = re.search(r'name="csrf_token" value="([^"]+)"', self.get("/login?next=/x").text)
        if found is None:  # somebody is logged in, and is sent on
            found = re.search(r'name="csrf_token" value="([^"]+)"', self.get("/account").text)
        assert found is not None
        return found[1]

    def log_in(self, login: str, password: str = PASSWORD, **given: Any) -> TestResponse:
        """Through the form."""
        return self.post("/login", login=login, password=password, **given)

    def is_in(self) -> bool:
        """Whether somebody is logged in here."""
        return self.get("/account").status_code == 200


def site_of(folder: Path, url: str, broker_url: str = EMBEDDED_BROKER, **given: Any) -> Flask:
    """The site over this database, with everything on that protects it."""
    return create_app(
        ServiceSettings(data_dir=folder, database_url=url, broker_url=broker_url, secret_key="for tests only", **given)
    )


def populated(app: Flask, **given: Any) -> World:
    """The small world in the site's database; everybody's password is PASSWORD."""
    database: Database = app.extensions["grader.database"]
    with database.transaction() as session:
        world = make_world(session, **given)
        for person_id in world.people.values():
            accounts.set_password(session.get_one(Person, person_id), PASSWORD)
    return world


def forms_of(page: TestResponse) -> list[Form]:
    """Every form of the page, in its order."""
    reader = _Forms()
    reader.feed(page.text)
    return reader.forms


def form_to(page: TestResponse, action: str) -> Form:
    """The one form of the page that goes there."""
    (form,) = [form for form in forms_of(page) if form.action == action]
    return form


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._typing: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            self.forms.append(Form(given.get("action") or "", given.get("method") or "get", {}))
        elif self.forms and tag == "input" and given.get("name") and given.get("type") not in {"checkbox", "file"}:
            self.forms[-1].fields[given["name"] or ""] = given.get("value") or ""
        elif self.forms and tag == "textarea" and given.get("name"):
            self._typing = given["name"]
            self.forms[-1].fields[self._typing or ""] = ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._typing is not None:
            typed = self.forms[-1].fields[self._typing]
            self.forms[-1].fields[self._typing] = typed.removeprefix("\n")
            self._typing = None

    def handle_data(self, data: str) -> None:
        if self._typing is not None:
            self.forms[-1].fields[self._typing] += data
