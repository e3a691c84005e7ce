"""One connection pool for a database, SQLite or PostgreSQL, and its two kinds of session.

Nothing else in the grader begins, commits or rolls back: `reading` never writes, `transaction` commits when its block
ends and rolls back when it raises.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any, TypeVar, cast

from sqlalchemy import Connection, create_engine, event
from sqlalchemy.engine import Engine, make_url
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.orm import Session, sessionmaker

import grader.store.models  # noqa: F401  so that every relationship finds its other end
from grader.clock import monotonic_s

BUSY_S = 30.0
# A connection that was in use this lately is taken to be alive; one that rested longer is asked first.
RESTED_S = 1.0

Found = TypeVar("Found")


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
        with self._reading(info={_REMEMBERED: {}}) as session:
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


_REMEMBERED = "remembered"


def remembered(session: Session, key: Hashable, find: Callable[[], Found]) -> Found:
    """What `find` gives, looked up once for `key` in a session that only reads; in one that writes, each time."""
    known: dict[Hashable, Any] | None = session.info.get(_REMEMBERED)
    if known is None:
        return find()
    if key not in known:
        known[key] = find()
    return cast(Found, known[key])


def _engine(url: str, connections: int) -> Engine:
    if make_url(url).get_backend_name() != "sqlite":
        engine = create_engine(
            url,
            pool_size=connections,
            max_overflow=connections,
            # The one used last is used next: the server's plans of our statements belong to a connection.
            pool_use_lifo=True,
        )
        event.listen(engine, "checkin", _note_rest)
        event.listen(engine, "checkout", partial(_ask_rested, engine.dialect))
        return engine
    engine = create_engine(
        url,
        pool_size=connections,
        max_overflow=connections,
        connect_args={"timeout": BUSY_S, "check_same_thread": False},
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _note_rest(_connection: object, record: Any) -> None:
    record.info["rests_since_s"] = monotonic_s()


def _ask_rested(dialect: Any, connection: Any, record: Any, _proxy: object) -> None:
    """Replace what the server dropped, in a restart say, without asking before every use."""
    rests_since_s = record.info.get("rests_since_s")
    if rests_since_s is None or monotonic_s() - rests_since_s < RESTED_S:
        return
    try:
        dialect.do_ping(connection)
    except dialect.dbapi.Error as error:
        raise InvalidatePoolError from error  # the others are of the same server


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # transactions begin where `_begin_sqlite` says, not where the driver guesses
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get("grader_begin", "BEGIN"))
