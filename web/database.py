"""The request's way to the database."""

from __future__ import annotations

from contextlib import AbstractContextManager, ExitStack
from typing import cast

from flask import Flask, current_app, g
from sqlalchemy.orm import Session

from grader.settings import ServiceSettings
from grader.store.database import Database


def install(app: Flask) -> None:
    """One pool of connections for the process."""
    settings: ServiceSettings = app.extensions["grader.settings"]
    app.extensions["grader.database"] = Database(settings.database_url)
    app.teardown_appcontext(_let_go)


def database() -> Database:
    """The site's database."""
    return cast(Database, current_app.extensions["grader.database"])


def reading() -> Session:
    """The request's session for reading; it is closed when the request ends. After a transaction it sees the change
    only once `forget_reading` was called."""
    if "reading" not in g:
        g.reading_stack = ExitStack()
        g.reading = g.reading_stack.enter_context(database().reading())
    return cast(Session, g.reading)


def forget_reading() -> None:
    """Let the next `reading` see what was written meanwhile."""
    _let_go(None)


def transaction() -> AbstractContextManager[Session]:
    """A session whose changes are committed when its block ends."""
    return database().transaction()


def _let_go(_error: BaseException | None) -> None:
    if "reading" in g:
        g.pop("reading")
        g.pop("reading_stack").close()
