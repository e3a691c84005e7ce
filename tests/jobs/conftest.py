"""Both databases, a warm sandbox, and stations that grade."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from sqlalchemy import select

from grader.jobs.station import Station
from grader.sandbox.choose import open_sandbox
from grader.sandbox.interface import Sandbox
from grader.services.handing_in.submit import Handed, hand_in
from grader.store.database import Database
from grader.store.runs import GradingRun
from grader.store.words import Device, RunState
from tests.databases import blank_sqlite, database, database_url, postgres, sqlite_url
from tests.world import TENSOR_ADD, World, make_world

__all__ = ["blank_sqlite", "database", "database_url", "postgres", "sqlite_url"]

RIGHT = b"import torch\n\n\ndef tensor_add(a, b):\n    return torch.tensor(a) + torch.tensor(b)\n"
WRONG = RIGHT.replace(b"+", b"-")
SLOW = RIGHT.replace(b"    return", b"    __import__('time').sleep(0.2)\n    return")
WAIT_S = 60.0

MakeStation = Callable[..., Station]


class NoNudges:
    """Nobody is told; who grades looks for work by itself."""

    def publish(self, device: Device) -> None:
        """See `Nudges`."""


@pytest.fixture(scope="session")
def sandbox() -> Iterator[Sandbox]:
    """Two lanes, kept warm for all tests of this process."""
    with open_sandbox("local", lanes=2) as place:
        yield place


@pytest.fixture
def world(database: Database) -> World:
    """A course with people."""
    with database.transaction() as session:
        return make_world(session)


@pytest.fixture
def make_station(database: Database, sandbox: Sandbox) -> Iterator[MakeStation]:
    """Stations on the test's database, closed afterwards."""
    with ExitStack() as stack:

        def make(*, on: Database = database, place: Sandbox = sandbox, **given: float) -> Station:
            station = Station(on, place, NoNudges(), devices=[Device.CPU], **given)
            stack.callback(station.close)
            return station

        yield make


def submit(
    database: Database, world: World, source: bytes, *, login: str = "ada", question: str = TENSOR_ADD
) -> Handed:
    """Hand in, as the site does."""
    with database.transaction() as session:
        return hand_in(session, person_id=world.people[login], item_id=world.item_ids[question], source=source)


def run_of(database: Database, submission_id: int) -> GradingRun:
    """The submission's live run, as the database has it now."""
    with database.reading() as session:
        run = session.scalars(
            select(GradingRun).where(GradingRun.submission_id == submission_id, GradingRun.is_live)
        ).one()
        session.expunge(run)
        return run


def wait_for(database: Database, submission_id: int, *states: RunState) -> GradingRun:
    """Its live run, once it is in one of these states."""
    until_s = time.monotonic() + WAIT_S
    while time.monotonic() < until_s:
        run = run_of(database, submission_id)
        if run.state in states:
            return run
        time.sleep(0.01)
    raise AssertionError(f"still {run_of(database, submission_id).state} after {WAIT_S:.0f} s")
