from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select, update

from grader.clock import utc_now
from grader.services.grading.queue_health import LONG_WAIT_S, Health, health_of
from grader.services.grading.runs import fail, finish
from grader.store.database import Database
from grader.store.models import CaseOutcome, GradingRun
from grader.store.words import Device, Lane
from tests.services.handing import another_course, claimed, graded, handed, report_of, run_of
from tests.world import World, make_world


@pytest.fixture
def world(database: Database) -> World:
    with database.transaction() as session:
        return make_world(session)


def health(database: Database, course_id: int, now: dt.datetime | None = None) -> Health:
    with database.reading() as session:
        return health_of(session, course_id, now or utc_now())


def test_an_idle_service_says_that_nothing_waits(database: Database, world: World) -> None:
    found = health(database, world.course_id)
    assert (found.waiting, found.running, found.oldest_at, found.ended) == (0, 0, None, 0)
    assert [(queue.device, queue.lane, queue.waiting) for queue in found.queues] == [(Device.CPU, Lane.NORMAL, 0)]
    assert len(found.minutes) == 60
    assert (found.workers, found.faults, found.unstable) == ((), (), ())
    assert found.is_whole_hour
    assert not found.is_stuck


def test_what_waits_is_counted_by_lane_and_course_with_its_age(database: Database, world: World) -> None:
    first, second = (handed(database, world, login).submission_id for login in ("ada", "bob"))
    with database.transaction() as session:
        other = another_course(session, "other")
        run_of(session, first).lane = Lane.REGRADE
        run_of(session, first).queued_at = utc_now() - dt.timedelta(days=3)
        run_of(session, second).queued_at = long_ago = utc_now() - dt.timedelta(seconds=LONG_WAIT_S + 5)
    found = health(database, world.course_id)
    assert [(queue.lane, queue.waiting, queue.ours) for queue in found.queues] == [
        (Lane.NORMAL, 1, 1),
        (Lane.REGRADE, 1, 1),
    ]
    # Bulk work may wait for days.
    assert found.oldest_at == long_ago
    assert found.is_stuck
    assert [queue.ours for queue in health(database, other).queues] == [0, 0]


def test_ended_runs_stand_in_their_minutes_with_who_graded_them(database: Database, world: World) -> None:
    for login in ("ada", "bob", "ada"):
        graded(database, world, login)
    handed(database, world, "bob")
    claimed(database, "w2")
    now = utc_now()
    with database.transaction() as session:
        first = session.scalars(select(GradingRun.id).order_by(GradingRun.id)).first()
        session.execute(
            update(GradingRun).where(GradingRun.id == first).values(finished_at=now - dt.timedelta(minutes=61))
        )
        session.execute(
            update(GradingRun)
            .where(GradingRun.id != first, GradingRun.finished_at.is_not(None))
            .values(finished_at=(now - dt.timedelta(minutes=3)).replace(second=59, microsecond=999_000))
        )
    found = health(database, world.course_id, now)
    assert found.ended == 2
    assert [count for _, count in found.minutes[-5:]] == [0, 2, 0, 0, 0]
    assert found.last_minutes == 2 / 5
    assert {worker.name: worker.runs for worker in found.workers} == {"w1": 3, "w2": 1}
    assert found.running == 1


def test_faults_are_summed_up_by_question_and_reason_and_only_of_this_course(database: Database, world: World) -> None:
    last = None
    for login in ("ada", "bob"):
        last = handed(database, world, login).submission_id
        taken = claimed(database)
        with database.transaction() as session:
            assert fail(session, taken, "the card fell out", retry=False, now=utc_now())
    (fault,) = health(database, world.course_id).faults
    assert (fault.reason, fault.submissions, fault.last_id) == ("the card fell out", 2, last)
    assert fault.item.id == world.item_id
    with database.transaction() as session:
        other = another_course(session, "other")
    assert not health(database, other).faults


def test_unstable_cases_are_named(database: Database, world: World) -> None:
    handed(database, world)
    taken = claimed(database)
    with database.transaction() as session:
        assert finish(session, taken, report_of(10.0), image=None, now=utc_now())
        session.execute(
            update(CaseOutcome)
            .where(CaseOutcome.run_id == taken.run_id, CaseOutcome.name == "large")
            .values(is_unstable=True)
        )
    (unstable,) = health(database, world.course_id).unstable
    assert (unstable.case, unstable.runs, unstable.item.id) == ("large", 1, world.item_id)
