"""Attempts that come back: how many are left, when the next ones come, and that nobody gets more by hurrying."""

from __future__ import annotations

import datetime as dt
from functools import partial

import pytest

from grader.clock import utc_now
from grader.services.courses.refills import replayed
from grader.services.courses.windows import policy_sentences, window_of, windows_of
from grader.services.handing_in.attempts import give_back
from grader.services.refusals import Reason, Refused
from grader.store.database import Database
from grader.store.models import Allowance, Assignment, AssignmentItem
from grader.store.submissions import Submission
from tests.services.handing import at_once, hand
from tests.world import HOUR, World, make_world

START = dt.datetime(2026, 3, 1, 9, tzinfo=dt.UTC)


def at(*hours: float) -> list[dt.datetime]:
    """Moments, in hours after the start."""
    return [START + hour * HOUR for hour in hours]


@pytest.mark.parametrize(
    ("used", "now", "left", "next_at"),
    [
        ((), 5, 3, None),
        ((0,), 1, 2, 6),
        ((0,), 6, 3, None),  # the very moment that it comes back
        ((0, 1, 2), 3, 0, 6),
        ((0, 1, 2), 7, 1, 12),
        ((0, 1, 2), 13, 2, 18),
        ((0, 1, 2), 100, 3, None),
        ((0, 10), 11, 2, 16),  # all were there again at 6: the clock starts anew at 10
        ((0, 5, 7), 8, 1, 12),  # at 6 one of two came back, and the clock went on
        ((0, 0, 0, 0), 1, 0, 6),  # the policy was looser when these were handed in
    ],
)
def test_attempts_come_back_one_every_six_hours(
    used: tuple[float, ...], now: float, left: int, next_at: float | None
) -> None:
    wanted = None if next_at is None else START + next_at * HOUR
    assert replayed(at(*used), 3, 1, 6 * HOUR, START + now * HOUR) == (left, wanted)


def test_several_come_back_at_once_and_never_more_than_there_may_be() -> None:
    assert replayed(at(0, 0, 0), 3, 2, 6 * HOUR, START + 6 * HOUR) == (2, START + 12 * HOUR)
    assert replayed(at(0, 0, 0), 3, 2, 6 * HOUR, START + 12 * HOUR) == (3, None)


@pytest.fixture
def world(database: Database) -> World:
    """Two attempts at once, and one comes back every hour."""
    with database.transaction() as session:
        return make_world(
            session, attempts_allowed=2, refill_attempts=1, refill_every_s=3600, opens_at=None, due_at=None
        )


def test_a_student_is_told_when_there_is_another_and_gets_it_then(database: Database, world: World) -> None:
    now = utc_now()
    with database.transaction() as session:
        hand(session, world, source=b"a = 1\n", now=now - HOUR / 2)
        hand(session, world, source=b"a = 2\n", now=now)
    with pytest.raises(Refused, match="More come back on") as refused, database.transaction() as session:
        hand(session, world, source=b"a = 3\n", now=now)
    assert refused.value.reason is Reason.NO_ATTEMPTS_LEFT
    with database.reading() as session:
        window = window_of(session, session.get_one(AssignmentItem, world.item_id), world.people["ada"], now)
        assert window.refill is not None
        assert (window.refill.left, window.refill.next_at) == (0, now + HOUR / 2)
    with database.transaction() as session:
        hand(session, world, source=b"a = 3\n", now=now + HOUR / 2)
        row = session.get_one(Allowance, (world.item_id, world.people["ada"]))
        assert (row.used, row.allowed) == (3, 3)


def test_raced_submissions_do_not_get_more_than_there_are(database: Database, world: World) -> None:
    def submit(number: int) -> int:
        with database.transaction() as session:
            return hand(session, world, source=f"a = {number}\n".encode()).submission_id

    results = at_once([partial(submit, number) for number in range(6)])
    assert sum(isinstance(one, int) for one in results) == 2
    assert all(isinstance(one, int | Refused) for one in results)


def test_an_attempt_that_was_given_back_did_not_start_the_clock(database: Database, world: World) -> None:
    now = utc_now()
    with database.transaction() as session:
        submission_id = hand(session, world, now=now).submission_id
        give_back(session, submission_id, now)
        item = session.get_one(AssignmentItem, world.item_id)
        window = window_of(session, item, world.people["ada"], now)
        assert window.refill is not None
        assert (window.refill.left, window.refill.next_at) == (2, None)
        assert session.get_one(Submission, submission_id).attempt == 1


def test_the_rules_say_how_attempts_come_back(database: Database, world: World) -> None:
    with database.reading() as session:
        assignment = session.get_one(Assignment, world.assignment_id)
        window = windows_of(session, assignment, world.people["ada"])
        item = session.get_one(AssignmentItem, world.item_id)
        for one in (window, window_of(session, item, world.people["ada"])):
            sentences = policy_sentences(assignment, one)
            assert "You have 2 attempts at a question at once; the best one counts." in sentences
            assert "After you used one, one comes back every hour, up to 2." in sentences
