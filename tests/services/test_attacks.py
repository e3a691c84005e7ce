"""What somebody hands in to gain by it, over and over."""

from __future__ import annotations

import datetime as dt
import threading
from contextlib import suppress
from pathlib import Path

import pytest

from grader.clock import utc_now
from grader.services.grading.runs import MAX_TRIES, finish, rerun
from grader.services.handing_in import notebook
from grader.services.handing_in.notebook import source_from_notebook
from grader.services.handing_in.submit import FAILED_WITHIN, MAX_FAILED
from grader.services.refusals import Reason, Refused
from grader.settings import ServiceSettings
from grader.store.database import Database
from grader.store.models import GradingRun
from grader.store.words import Lane, Purpose
from grader.vocab import Verdict
from tests.services.handing import claimed, hand, not_graded, report_of
from tests.world import World, make_world


def fails(database: Database, world: World, source: bytes, purpose: Purpose = Purpose.SUBMIT) -> int:
    """Hand in something that makes the grader fail until it gives up; the submission's id."""
    with database.transaction() as session:
        submission_id = hand(session, world, source=source, purpose=purpose).submission_id
    for _ in range(MAX_TRIES):
        taken = claimed(database)
        with database.transaction() as session:
            assert finish(session, taken, not_graded(), image=None, now=utc_now())
    return submission_id


@pytest.fixture
def world(database: Database) -> World:
    with database.transaction() as session:
        return make_world(session, attempts_allowed=3)


def refusal(database: Database, world: World, now: dt.datetime | None = None) -> Refused:
    with pytest.raises(Refused) as refused, database.transaction() as session:
        hand(session, world, source=b"once = 'more'", now=now)
    return refused.value


def test_making_the_grader_fail_gives_no_endless_attempts(database: Database, world: World) -> None:
    for number in range(MAX_FAILED):
        purpose = Purpose.SUBMIT if number % 2 else Purpose.PRECHECK
        fails(database, world, b"poison = %d" % number, purpose)
    refused = refusal(database, world)
    assert refused.reason is Reason.TOO_MANY
    assert "could not be graded" in str(refused)


def test_others_and_other_questions_are_not_held_up_by_it(database: Database, world: World) -> None:
    for number in range(MAX_FAILED):
        fails(database, world, b"poison = %d" % number)
    other = next(item_id for item_id in world.item_ids.values() if item_id != world.item_id)
    with database.transaction() as session:
        hand(session, world, "bob")
        hand(session, world, "ada", item_id=other)


def test_once_staff_had_one_of_them_graded_it_goes_on(database: Database, world: World) -> None:
    ids = [fails(database, world, b"poison = %d" % number) for number in range(MAX_FAILED)]
    with database.transaction() as session:
        rerun(session, ids[0], lane=Lane.NORMAL, now=utc_now())
    taken = claimed(database)
    with database.transaction() as session:
        assert finish(session, taken, report_of(verdict=Verdict.PARTIAL), image=None, now=utc_now())
    with database.transaction() as session:
        hand(session, world, source=b"again = 1")


def test_after_an_hour_it_goes_on_by_itself(database: Database, world: World) -> None:
    for number in range(MAX_FAILED):
        fails(database, world, b"poison = %d" % number)
    assert refusal(database, world, utc_now() + FAILED_WITHIN / 2).reason is Reason.TOO_MANY
    with database.transaction() as session:
        hand(session, world, source=b"again = 2", now=utc_now() + FAILED_WITHIN)


def test_nobody_holds_every_lane_while_others_wait(database: Database, world: World) -> None:
    with database.transaction() as session:
        hogs = [
            hand(session, world, source=b"while True: pass  # %d" % number, purpose=Purpose.PRECHECK).run_id
            for number in range(6)
        ]
    assert claimed(database).run_id == hogs[0]
    assert claimed(database).run_id == hogs[1]  # while nobody else waits, no lane stands still
    with database.transaction() as session:
        bobs = hand(session, world, "bob")
        tinas = hand(session, world, "tina")
    assert claimed(database).run_id == bobs.run_id
    assert claimed(database).run_id == tinas.run_id
    assert [claimed(database).run_id for _ in hogs[2:]] == hogs[2:]


def test_a_second_submission_waits_for_no_bulk_work(database: Database, world: World) -> None:
    with database.transaction() as session:
        bulk = hand(session, world, "bob").run_id
        session.get_one(GradingRun, bulk).lane = Lane.REGRADE
        mine = [hand(session, world, source=b"n = %d" % number).run_id for number in range(2)]
    assert [claimed(database).run_id for _ in range(3)] == [*mine, bulk]


def test_few_notebooks_are_read_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notebook, "_readers", threading.BoundedSemaphore(1))
    monkeypatch.setattr(notebook, "_PATIENCE_S", 0.1)
    costly = b'{"cells": [{"cell_type": "code", "source": "%s"}]}' % (b"a=a;" * 200_000)

    def read_costly() -> None:
        with suppress(Refused):
            source_from_notebook(costly, "f")

    reading = threading.Thread(target=read_costly)
    reading.start()
    while notebook._readers.acquire(blocking=False):
        notebook._readers.release()
    with pytest.raises(Refused) as refused:
        source_from_notebook(b'{"cells": [{"cell_type": "code", "source": "def f(): pass"}]}', "f")
    assert refused.value.reason is Reason.TOO_MANY
    reading.join()
    assert "def f" in source_from_notebook(b'{"cells": [{"cell_type": "code", "source": "def f(): pass"}]}', "f")


def test_the_database_is_its_owners_alone_also_in_a_folder_that_others_may_enter(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    settings = ServiceSettings.from_environment({}, data_dir=tmp_path)
    database = Database(settings.database_url)
    with database.transaction() as session:
        session.connection().exec_driver_sql("CREATE TABLE secret (id INTEGER)")
    kept = sorted(file.name for file in tmp_path.glob("*") if file.stat().st_mode & 0o077)
    database.close()
    assert kept == []
