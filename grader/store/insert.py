"""Inserting a row unless it is there: one statement, so that two who do it at once make one row and neither fails."""

from __future__ import annotations

from sqlalchemy import inspect
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from grader.store.base import Base


def insert_unless_there(session: Session, model: type[Base], **values: object) -> bool:
    """Whether this call made the row. A row with the same primary key stays as it is.

    On PostgreSQL it waits for whoever is inserting the same row, and the next statement sees what they wrote.
    """
    build = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    key = list(inspect(model).primary_key)
    made = session.execute(build(model).values(**values).on_conflict_do_nothing(index_elements=key).returning(*key))
    return made.first() is not None
