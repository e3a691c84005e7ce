"""Requests and attempts that come back, by somebody in a hurry: with a script, out of order, all at once."""

from __future__ import annotations

import datetime as dt
import random
from functools import partial

import pytest

from grader.clock import utc_now
from grader.services.courses.refills import replayed
from grader.services.grades.regrade_requests import MAX_OPEN, ask, open_count
from grader.store.database import Database
from tests.services.handing import at_once, graded
from tests.world import World, make_world

START = dt.datetime(2026, 3, 29, 0, tzinfo=dt.UTC)
# A request that was begun may take so long to arrive, and counts from its beginning.
LONGEST_ARRIVAL = dt.timedelta(minutes=1)


def test_no_script_has_more_requests_open_than_there_may_be(database: Database) -> None:
    with database.transaction() as session:
        world = make_world(session)
    given = [graded(database, world, score=1.0) for _ in range(MAX_OPEN + 2)]

    results = at_once([partial(asked, database, world, submission_id) for submission_id in given])
    assert sum(isinstance(one, int) for one in results) == MAX_OPEN
    with database.reading() as session:
        assert open_count(session, world.course_id) == MAX_OPEN


def asked(database: Database, world: World, submission_id: int) -> int:
    with database.transaction() as session:
        request = ask(
            session, submission_id, person_id=world.people["ada"], text="again", case_name=None, now=utc_now()
        )
        return request.id


@pytest.mark.parametrize("seed", range(40))
def test_however_requests_overtake_each_other_nobody_gets_more_attempts_than_come_back(seed: int) -> None:
    chosen = random.Random(seed)
    capacity, attempts = chosen.randint(1, 4), chosen.randint(1, 3)
    every = dt.timedelta(minutes=chosen.choice([10, 60, 360]))
    taken: list[dt.datetime] = []
    arrived = START
    for _ in range(300):
        arrived += dt.timedelta(seconds=chosen.expovariate(1 / 120))
        began = arrived - chosen.random() * LONGEST_ARRIVAL
        left, _ = replayed(sorted(taken), capacity, attempts, every, began)
        if left > 0:
            taken.append(began)
    times = sorted(taken)
    for first in range(len(times)):
        for last in range(first, len(times)):
            ticks = (times[last] - times[first] + LONGEST_ARRIVAL) // every + 1
            assert last - first + 1 <= capacity + attempts * ticks
    assert len(times) > capacity
