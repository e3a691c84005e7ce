from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select
from sqlalchemy.exc import StatementError

from grader.clock import utc_now
from grader.store.database import Database
from grader.store.models import Person


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
