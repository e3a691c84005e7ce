"""Fixtures for tests that run on both databases; a conftest.py imports them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from grader.store.database import Database
from grader.store.models import Base
from tests.servers import Postgres, running_postgres

BACKENDS = [pytest.param("sqlite"), pytest.param("postgres", marks=pytest.mark.postgres)]


def create_tables(database: Database) -> None:
    """As the models say, and not as the migrations do."""
    for table in Base.metadata.tables.values():
        for constraint in table.foreign_key_constraints:
            # Once SQLAlchemy has added a constraint with ALTER TABLE (PostgreSQL), it leaves it out of every later
            # CREATE TABLE of the same process (SQLite).
            constraint._create_rule = None
    Base.metadata.create_all(database.engine)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """One server for all tests of this process, with a database `blank` that holds the empty tables."""
    with running_postgres() as server:
        with server.connect() as connection:
            connection.execute("CREATE DATABASE blank")
        blank = Database(server.url("blank"))
        create_tables(blank)
        blank.close()
        yield server


@pytest.fixture(scope="session")
def blank_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file that holds the empty tables."""
    file = tmp_path_factory.mktemp("sqlite") / "blank.db"
    database = Database(f"sqlite:///{file}")
    create_tables(database)
    database.close()
    return file


@pytest.fixture(params=BACKENDS)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a fresh database with all tables, of each kind in turn."""
    if request.param == "sqlite":
        file = tmp_path / "grader.db"
        shutil.copy(request.getfixturevalue("blank_sqlite"), file)
        yield f"sqlite:///{file}"
        return
    server: Postgres = request.getfixturevalue("postgres")
    name = f"test_{uuid4().hex}"
    with server.connect() as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE blank")
    yield server.url(name)
    with server.connect() as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def sqlite_url(tmp_path: Path, blank_sqlite: Path) -> str:
    """The address of a fresh SQLite database, where one kind is enough."""
    file = tmp_path / "grader.db"
    shutil.copy(blank_sqlite, file)
    return f"sqlite:///{file}"


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """The same, opened."""
    opened = Database(database_url)
    yield opened
    opened.close()
