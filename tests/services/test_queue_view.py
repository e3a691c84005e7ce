from __future__ import annotations

import pytest

from grader.clock import utc_now
from grader.services.grading.queue_view import Place, place_of
from grader.services.grading.runs import claim
from grader.store.database import Database
from grader.store.models import GradingRun
from grader.store.words import Device, Lane
from tests.services.handing import claimed, graded, hand, run_of
from tests.world import World, make_world


@pytest.fixture
def world(database: Database) -> World:
    with database.transaction() as session:
        return make_world(session)


def wait_in_line(database: Database, world: World, number: int, lane: Lane = Lane.NORMAL) -> list[int]:
    with database.transaction() as session:
        ids = [hand(session, world, source=f"{lane} = {index}".encode()).run_id or 0 for index in range(number)]
        for run_id in ids:
            session.get_one(GradingRun, run_id).lane = lane
        return ids


def place(database: Database, run_id: int) -> Place:
    with database.reading() as session:
        return place_of(session, session.get_one(GradingRun, run_id))


def test_the_first_in_line_waits_for_nobody_and_nothing_is_known_of_the_wait(database: Database, world: World) -> None:
    [first] = wait_in_line(database, world, 1)
    assert place(database, first) == Place(ahead=0, running=0, wait_s=None)


def test_those_ahead_are_those_who_will_be_served_before(database: Database, world: World) -> None:
    bulk = wait_in_line(database, world, 3, Lane.REGRADE)
    normal = wait_in_line(database, world, 4)
    assert [place(database, run_id).ahead for run_id in normal] == [0, 1, 2, 3]
    assert [place(database, run_id).ahead for run_id in bulk] == [4, 5, 6]
    claimed(database)
    assert [place(database, run_id).ahead for run_id in normal[1:]] == [0, 1, 2]


def test_the_queue_of_the_other_device_is_another_queue(database: Database, world: World) -> None:
    on_cpu, on_gpu = wait_in_line(database, world, 2)
    with database.transaction() as session:
        session.get_one(GradingRun, on_gpu).device = Device.GPU
    assert place(database, on_gpu).ahead == 0
    with database.transaction() as session:
        assert claim(session, Device.GPU, "w", utc_now()) is not None
    assert place(database, on_cpu).running == 0


def test_the_expected_wait_follows_from_the_last_runs_and_from_how_many_run_at_once(
    database: Database, world: World
) -> None:
    for milliseconds in (100, 300):
        submission_id = graded(database, world)
        with database.transaction() as session:
            run_of(session, submission_id).duration_ms = milliseconds
    line = wait_in_line(database, world, 8)
    assert place(database, line[5]) == Place(ahead=5, running=0, wait_s=1.0)
    claimed(database)
    assert place(database, line[5]) == Place(ahead=4, running=1, wait_s=1.0)
    claimed(database)
    assert place(database, line[5]) == Place(ahead=3, running=2, wait_s=0.4)


def test_a_run_that_is_being_graded_waits_no_more(database: Database, world: World) -> None:
    first, _ = wait_in_line(database, world, 2)
    claimed(database)
    assert place(database, first) == Place(ahead=0, running=1, wait_s=0.0)
