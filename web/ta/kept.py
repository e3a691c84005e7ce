"""Kept figures: read, and counted anew when `grader.services.dashboards.item_figures` says that it is time."""

from __future__ import annotations

import logging
from functools import partial
from threading import Lock

from flask import Response, after_this_request
from sqlalchemy.exc import SQLAlchemyError

from grader.clock import utc_now
from grader.services.dashboards.item_figures import (
    Due,
    Figures,
    count_figures,
    is_right_until_touched,
    keep_figures,
    kept_figures,
    last_touch,
    when_due,
)
from grader.store.database import Database
from web.database import database, reading

log = logging.getLogger(__name__)

_counting: set[tuple[str, int]] = set()  # database and item, so that a process does nothing twice at a time
_lock = Lock()


def figures_for(item_id: int, attempts: int) -> tuple[Figures | None, bool]:
    """The figures of the question and whether they are right now; none while they are counted for the first time."""
    session = reading()
    kept = kept_figures(session, item_id)
    touched_at = last_touch(session, item_id)
    due = when_due(kept, touched_at, attempts, utc_now())
    if due is Due.NOW:
        fresh = count_figures(session, item_id)
        if is_right_until_touched(fresh, touched_at):
            _keep(database(), item_id, fresh)
        return fresh, True
    if due is Due.AFTERWARDS:
        after_this_request(partial(_count_at_the_end, database(), item_id))
    return kept, due is Due.FRESH


def _count_at_the_end(store: Database, item_id: int, response: Response) -> Response:
    response.call_on_close(partial(_count, store, item_id))
    return response


def _count(store: Database, item_id: int) -> None:
    """With the page already sent. Whatever goes wrong, the figures stay those of before, with their time."""
    key = str(store.engine.url), item_id
    with _lock:
        if key in _counting:
            return
        _counting.add(key)
    try:
        with store.reading() as session:
            fresh = count_figures(session, item_id)
        _keep(store, item_id, fresh)
    except SQLAlchemyError:
        log.warning("the figures of item %d could not be counted", item_id, exc_info=True)
    finally:
        with _lock:
            _counting.discard(key)


def _keep(store: Database, item_id: int, figures: Figures) -> None:
    with store.transaction() as session:
        keep_figures(session, item_id, figures)
