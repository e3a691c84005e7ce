"""The database that commands about accounts work on: the one that the environment or `--data` names."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from sqlalchemy import inspect
from sqlalchemy.orm import Session

from grader.errors import UsageError
from grader.services.people.accounts import person_with_login
from grader.services.refusals import Refused
from grader.settings import ServiceSettings
from grader.store.database import Database
from grader.store.people import Person


def data_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--data DIR`, as `grader serve` has it."""
    return click.option(
        "--data",
        "data_dir",
        type=click.Path(path_type=Path, file_okay=False),
        help="The folder of `grader serve`; GRADER_DATA or ./grader-data unless told. GRADER_DATABASE_URL goes first.",
    )(command)


@contextmanager
def opened(data_dir: Path | None) -> Iterator[Database]:
    """The database while the block runs; a refusal in it is told as wrong usage is."""
    database = Database(ServiceSettings.from_environment(data_dir=data_dir).database_url, connections=2)
    try:
        if not inspect(database.engine).has_table("person"):
            raise UsageError("there are no tables in this database yet; run `grader migrate` or `grader serve` first")
        yield database
    except Refused as refusal:
        raise UsageError(str(refusal)) from refusal
    finally:
        database.close()


def person_named(session: Session, login: str) -> Person:
    """Whoever has the login; UsageError for nobody."""
    person = person_with_login(session, login)
    if person is None:
        raise UsageError(f"there is nobody with the login {login!r}; `grader user list` names everybody")
    return person


def asked_password(*, from_standard_input: bool) -> str:
    """A password that does not stand in the shell's history: typed twice, or the first line of standard input."""
    if from_standard_input:
        return sys.stdin.readline().rstrip("\r\n")
    return str(click.prompt("Password", hide_input=True, confirmation_prompt="The same again"))
