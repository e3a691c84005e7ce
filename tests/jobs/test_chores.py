"""Background work of a worker: done once, taken back from who is lost, and never before a student who waits."""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections.abc import Callable

from grader.clock import utc_now
from grader.jobs.chore import Chore, Context
from grader.jobs.chores import Chores
from grader.sandbox.interface import Sandbox
from grader.services.grading import chores as rows
from grader.services.grading.chores import Claim
from grader.services.questions.packing import packed
from grader.services.questions.verifications import cancel
from grader.store.database import Database
from grader.store.words import Device, RunState, VerificationState
from grader.store.workshop import Verification
from tests.jobs.conftest import RIGHT, MakeStation, run_of, submit, wait_for
from tests.world import World

HOUR = dt.timedelta(hours=1)


def queued(database: Database, count: int = 1) -> list[int]:
    with database.transaction() as session:
        made = [
            Verification(name="a/b/c", digest=str(number), files=packed({}), tries=0, queued_at=utc_now())
            for number in range(count)
        ]
        session.add_all(made)
        session.flush()
        return [row.id for row in made]


def row_of(database: Database, row_id: int) -> Verification:
    with database.reading() as session:
        row = session.get_one(Verification, row_id)
        session.expunge(row)
        return row


def _places() -> threading.Semaphore:
    """Of a worker with one lane."""
    return threading.BoundedSemaphore(1)


def _passes(_claim: Claim, context: Context) -> None:
    assert context.finish("passed")


def chores(
    database: Database,
    sandbox: Sandbox,
    work: Callable[[Claim, Context], None],
    places: threading.Semaphore | None = None,
) -> Chores:
    kind = Chore("test", Verification, work)
    held = places or _places()
    return Chores(database, sandbox, held, [Device.CPU], look_s=0.05, kinds=[kind])


def test_work_is_done_once_in_the_order_in_which_it_was_asked_for(database: Database, sandbox: Sandbox) -> None:
    done: list[int] = []

    def work(claim: Claim, context: Context) -> None:
        done.append(claim.row_id)
        assert context.finish("passed", digest="done")

    waiting = queued(database, 3)
    station = chores(database, sandbox, work)
    assert [station.work() for _ in range(4)] == [True, True, True, False]
    assert done == waiting
    assert {(row_of(database, row).state, row_of(database, row).tries) for row in waiting} == {
        (VerificationState.PASSED, 1)
    }


def test_none_is_begun_while_a_student_waits_or_no_place_is_free(
    database: Database, world: World, sandbox: Sandbox, make_station: MakeStation
) -> None:
    (row,) = queued(database)
    places = threading.BoundedSemaphore(1)
    station = chores(database, sandbox, _passes, places)
    submission = submit(database, world, RIGHT).submission_id
    assert not station.work()
    assert row_of(database, row).state is VerificationState.QUEUED
    make_station().work(Device.CPU)
    assert run_of(database, submission).state is RunState.FINISHED
    with places:
        assert not station.work()
    assert station.work()


def test_work_that_goes_on_lets_a_student_who_comes_have_its_place(
    database: Database, world: World, sandbox: Sandbox, make_station: MakeStation
) -> None:
    places = threading.BoundedSemaphore(1)
    began, handed_in = threading.Event(), threading.Event()
    free_while_waiting: list[bool] = []

    def work(_claim: Claim, context: Context) -> None:
        began.set()
        handed_in.wait(30)
        time.sleep(0.3)  # longer than it looks away
        context.check()
        context.finish("passed")

    (row,) = queued(database)
    station = chores(database, sandbox, work, places)
    thread = threading.Thread(target=station.work)
    thread.start()
    assert began.wait(30)
    submission = submit(database, world, RIGHT).submission_id
    handed_in.set()
    if places.acquire(timeout=30):  # what the station's threads do
        free_while_waiting.append(row_of(database, row).state is VerificationState.RUNNING)
        make_station().work(Device.CPU)
        places.release()
    thread.join(30)
    assert free_while_waiting == [True]
    assert run_of(database, submission).state is RunState.FINISHED
    assert row_of(database, row).state is VerificationState.PASSED


def test_a_fault_of_ours_is_tried_three_times_and_then_told(database: Database, sandbox: Sandbox) -> None:
    def work(_claim: Claim, _context: Context) -> None:
        raise ZeroDivisionError("what happened")

    (row,) = queued(database)
    station = chores(database, sandbox, work)
    assert [station.work() for _ in range(4)] == [True, True, True, False]
    ended = row_of(database, row)
    assert (ended.state, ended.tries) == (VerificationState.FAILED, 3)
    assert "what happened" in (ended.fault or "")
    assert ended.finished_at is not None


def test_what_a_lost_worker_held_is_taken_back_and_the_lost_worker_writes_nothing(database: Database) -> None:
    (row,) = queued(database)
    now = utc_now()
    for tries in (1, 2, 3):
        with database.transaction() as session:
            lost = rows.claim(session, Verification, now)
            assert lost is not None
            assert lost.tries == tries
        with database.transaction() as session:
            assert rows.sweep(session, Verification, now) == 0, "its lease goes on"
            assert rows.sweep(session, Verification, now + HOUR) == 1
        with database.transaction() as session:
            assert not rows.finish(session, Verification, lost, now, state="passed")
            assert not rows.renew(session, Verification, lost, now)
    assert row_of(database, row).state is VerificationState.FAILED
    assert row_of(database, row).fault == rows.DISAPPEARED


def test_a_lease_that_is_renewed_is_not_taken_back(database: Database) -> None:
    (row,) = queued(database)
    now = utc_now()
    with database.transaction() as session:
        held = rows.claim(session, Verification, now)
        assert held is not None
        assert rows.claim(session, Verification, now) is None, "it is taken"
        assert rows.renew(session, Verification, held, now + HOUR)
        assert rows.sweep(session, Verification, now + HOUR) == 0
    assert row_of(database, row).state is VerificationState.RUNNING


def test_what_is_cancelled_ends_at_its_next_word_and_keeps_nothing(database: Database, sandbox: Sandbox) -> None:
    written: list[bool] = []

    def work(claim: Claim, context: Context) -> None:
        with database.transaction() as session:
            assert cancel(session, claim.row_id, actor_id=None)
        try:
            context.tell(progress={"step": "reference", "done": 1, "of": 2})
        finally:
            written.append(context.finish("passed"))

    (row,) = queued(database)
    assert chores(database, sandbox, work).work()
    assert written == [False]
    assert (row_of(database, row).state, row_of(database, row).progress) == (VerificationState.CANCELLED, None)


def test_a_worker_that_is_told_to_stop_gives_its_work_back_untried(database: Database, sandbox: Sandbox) -> None:
    began = threading.Event()

    def work(_claim: Claim, context: Context) -> None:
        began.set()
        while True:
            context.check()
            time.sleep(0.01)

    (row,) = queued(database)
    station = chores(database, sandbox, work)
    station.start()
    assert began.wait(30)
    station.close()
    back = row_of(database, row)
    assert (back.state, back.tries, back.lease_token) == (VerificationState.QUEUED, 0, None)


def test_a_stations_worker_finds_it_without_a_nudge(
    database: Database, world: World, make_station: MakeStation
) -> None:
    """What is no question at all is refused, in words; a student's run beside it is graded."""
    (row,) = queued(database)
    submission = submit(database, world, RIGHT).submission_id
    make_station(look_s=0.1).start()
    wait_for(database, submission, RunState.FINISHED)
    until_s = time.monotonic() + 60
    while (ended := row_of(database, row)).state in {VerificationState.QUEUED, VerificationState.RUNNING}:
        assert time.monotonic() < until_s
        time.sleep(0.02)
    assert ended.state is VerificationState.REFUSED
    assert ended.report is not None
    assert "the file is missing" in ended.report["findings"][0]["text"]
