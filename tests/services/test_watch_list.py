from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pytest
from sqlalchemy import select, update

from grader.clock import utc_now
from grader.services.dashboards.watch_list import BOUNDS, Thresholds, WatchList, length, thresholds_of, watch_list
from grader.services.grades.standings import refresh, touch_everything
from grader.store.database import Database
from grader.store.models import Assignment, Enrolment, Submission
from tests.services.handing import graded
from tests.world import HOUR, World, make_world


@pytest.fixture
def world(database: Database) -> World:
    with database.transaction() as session:
        return make_world(session)


def watched(database: Database, world: World, now: dt.datetime | None = None, **given: int) -> WatchList:
    with database.transaction() as session:
        refresh(session, world.assignment_id)
    with database.reading() as session:
        assignments = session.scalars(select(Assignment).where(Assignment.id == world.assignment_id)).all()
        return watch_list(session, assignments, Thresholds(**given), now or utc_now())


def attempts(database: Database, world: World, login: str, scores: Sequence[float]) -> list[int]:
    """Handed in and graded one after the other, an hour apart; their submissions."""
    ids = [graded(database, world, login, score) for score in scores]
    with database.transaction() as session:
        for number, submission_id in enumerate(ids):
            at = utc_now() - (len(ids) - number) * HOUR
            session.execute(update(Submission).where(Submission.id == submission_id).values(submitted_at=at))
        touch_everything(session, world.course_id)
    return ids


def test_who_hands_in_nothing_is_absent_once_the_deadline_is_near(database: Database, world: World) -> None:
    graded(database, world, "bob")
    now = utc_now()
    assert not watched(database, world, now, absent_h=12).absent
    (entry,) = watched(database, world, now, absent_h=24).absent
    assert entry.student.login == "ada"
    assert entry.said == "Nothing handed in; the deadline is in 23 h 59 min."
    (entry,) = watched(database, world, now + 80 * HOUR, absent_h=1).absent
    assert entry.said == "Nothing handed in; the deadline was 2 days ago."


def test_nobody_is_absent_before_it_opens_or_without_a_deadline(database: Database, world: World) -> None:
    with database.transaction() as session:
        session.get_one(Assignment, world.assignment_id).opens_at = utc_now() + HOUR
    assert not watched(database, world, absent_h=1000).absent
    with database.transaction() as session:
        assignment = session.get_one(Assignment, world.assignment_id)
        assignment.opens_at = assignment.due_at = assignment.closes_at = None
    assert not watched(database, world, absent_h=1000).absent


def test_who_gets_no_further_is_stuck_until_they_do(database: Database, world: World) -> None:
    last = attempts(database, world, "ada", [1.0, 4.0, 4.0, 3.0, 4.0])[-1]
    attempts(database, world, "bob", [1.0, 2.0, 3.0, 4.0, 5.0])
    (entry,) = watched(database, world, stuck=3).stuck
    assert (entry.student.login, entry.submission_id) == ("ada", last)
    assert entry.said == "5 attempts; the last 3 brought nothing beyond 40\u00a0% of the points."
    assert not watched(database, world, stuck=4).stuck
    graded(database, world, "ada", 10.0)
    assert not watched(database, world, stuck=3).stuck


def test_points_that_come_all_at_once_after_a_standstill_are_worth_a_look(database: Database, world: World) -> None:
    ids = attempts(database, world, "ada", [1.0, 1.0, 0.0, 10.0])
    (entry,) = watched(database, world).jumps
    assert (entry.student.login, entry.submission_id) == ("ada", ids[3])
    assert entry.said == (
        "3 attempts with at most 10\u00a0% of the points, then full marks in one step, 1 h after the one before."
    )
    assert not watched(database, world, before=4).jumps
    assert not watched(database, world, jump=91).jumps


@pytest.mark.parametrize(
    "scores",
    [
        (10.0,),  # right at once
        (0.0, 10.0),  # a slip put right
        (0.0, 0.0, 0.0, 6.0, 10.0),  # in steps
        (0.0, 9.0, 9.0, 9.0, 10.0),  # far already when it stood still
        (0.0, 0.0, 0.0, 0.0),
    ],
)
def test_other_ways_to_the_points_are_no_jump(database: Database, world: World, scores: tuple[float, ...]) -> None:
    attempts(database, world, "ada", scores)
    assert not watched(database, world).jumps


def test_who_has_left_is_on_no_list(database: Database, world: World) -> None:
    attempts(database, world, "ada", [0.0, 0.0, 0.0, 0.0, 0.0, 10.0])
    with database.transaction() as session:
        session.scalars(select(Enrolment).where(Enrolment.person_id == world.people["ada"])).one().ended_at = utc_now()
    found = watched(database, world, absent_h=1000)
    assert [entry.student.login for entry in found.absent] == ["bob"]
    assert not found.jumps


def test_without_an_assignment_there_is_nobody_to_watch(database: Database) -> None:
    with database.reading() as session:
        found = watch_list(session, [], Thresholds(), utc_now())
    assert (found.absent, found.stuck, found.jumps) == ((), (), ())


@pytest.mark.parametrize("typed", ["", "x", "-1", "0", "99999", "1e3", "\u0661", "9" * 400, "4 "])
def test_a_threshold_that_makes_no_sense_is_as_usual(typed: str) -> None:
    assert thresholds_of(dict.fromkeys(BOUNDS, typed)) == Thresholds()


def test_thresholds_are_taken_within_their_bounds() -> None:
    assert thresholds_of({"stuck": "7", "jump": "100", "other": "3"}) == Thresholds(stuck=7, jump=100)


def test_lengths_of_time_are_rounded_down() -> None:
    said = [length(dt.timedelta(minutes=minutes)) for minutes in (0.5, 59.9, 60, 119, 47 * 60, 48 * 60 - 0.1, 5000)]
    assert said == ["less than a minute", "59 min", "1 h", "1 h 59 min", "47 h", "47 h 59 min", "3 days"]
