from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import StatementError

from grader.clock import utc_now
from grader.store import database as database_module
from grader.store.database import Database, remembered
from grader.store.models import Person
from tests.servers import Postgres


def _person(**given: object) -> Person:
    return Person(**{"login": "ada", "name": "Ada", "session_key": "k", "created_at": utc_now(), **given})


def test_times_come_back_aware_and_in_utc(database: Database) -> None:
    at = dt.datetime(2026, 3, 29, 3, 30, tzinfo=dt.timezone(dt.timedelta(hours=2)))
    with database.transaction() as session:
        session.add(_person(created_at=at))
    with database.reading() as session:
        kept = session.scalars(select(Person.created_at)).one()
    assert kept == at
    assert kept.tzinfo is dt.UTC


def test_a_time_without_a_zone_is_refused(database: Database) -> None:
    with pytest.raises(StatementError, match="no time zone"), database.transaction() as session:
        session.add(_person(created_at=dt.datetime(2026, 1, 1)))  # noqa: DTZ001


@pytest.mark.postgres
def test_a_connection_that_the_server_dropped_while_it_rested_is_replaced(
    postgres: Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = Database(postgres.url("blank"), connections=1)
    with opened.reading() as session:
        dropped = session.scalar(text("SELECT pg_backend_pid()"))
    with postgres.connect() as connection:
        connection.execute("SELECT pg_terminate_backend(%s, 5000)", [dropped])
    monkeypatch.setattr(database_module, "RESTED_S", 0.0)
    with opened.transaction() as session:
        assert session.scalar(text("SELECT pg_backend_pid()")) != dropped
    opened.close()


def test_what_is_looked_up_in_reading_is_looked_up_once_and_in_a_transaction_each_time(database: Database) -> None:
    found = iter(range(10))
    with database.reading() as session:
        assert [remembered(session, "key", lambda: next(found)) for _ in range(3)] == [0, 0, 0]
        assert remembered(session, "other", lambda: next(found)) == 1
    with database.reading() as session:
        assert remembered(session, "key", lambda: next(found)) == 2
    with database.transaction() as session:
        assert [remembered(session, "key", lambda: next(found)) for _ in range(2)] == [3, 4]
