"""One connection pool for a database, SQLite or PostgreSQL, and its two kinds of session.

Nothing else in the grader begins, commits or rolls back: `reading` never writes, `transaction` commits when its block
ends and rolls back when it raises.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, create_engine, event
from sqlalchemy.engine import Engine, make_url
from sqlalchemy.orm import Session, sessionmaker

import grader.store.models  # noqa: F401  so that every relationship finds its other end

BUSY_S = 30.0


class Database:
    """An engine and its sessions. `url` is SQLAlchemy's, such as sqlite:///grader.db or postgresql+psycopg://…"""

    def __init__(self, url: str, *, connections: int = 20) -> None:
        self.engine = _engine(url, connections)
        self.is_sqlite = self.engine.dialect.name == "sqlite"
        self._reading = sessionmaker(self.engine.execution_options(grader_begin="BEGIN"))
        self._writing = sessionmaker(self.engine.execution_options(grader_begin="BEGIN IMMEDIATE"))

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session over one snapshot; whatever is changed in it is dropped."""
        with self._reading() as session:
            yield session

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """A session whose changes are committed together, or not at all.

        SQLite takes the lock for writing at the start, so that a check and the change that rests on it are one.
        """
        with self._writing.begin() as session:
            yield session

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()


def _engine(url: str, connections: int) -> Engine:
    if make_url(url).get_backend_name() != "sqlite":
        # A connection that the server dropped (a restart) is replaced before it is used.
        return create_engine(url, pool_size=connections, max_overflow=connections, pool_pre_ping=True)
    engine = create_engine(
        url,
        pool_size=connections,
        max_overflow=connections,
        connect_args={"timeout": BUSY_S, "check_same_thread": False},
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # transactions begin where `_begin_sqlite` says, not where the driver guesses
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get("grader_begin", "BEGIN"))
