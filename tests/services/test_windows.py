from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.clock import utc_now
from grader.services.courses.windows import (
    Window,
    WindowState,
    days_begun,
    late_factor,
    policy_sentences,
    state_at,
    window_of,
    windows_of,
    windows_of_everybody,
)
from grader.store.database import Database
from grader.store.models import Assignment, AssignmentItem, Enrolment, Extension, SectionWindow
from grader.store.words import Counting, LateKind
from tests.world import HOUR, World, make_world

OPENS = dt.datetime(2026, 3, 1, 9, tzinfo=dt.UTC)
DUE = dt.datetime(2026, 3, 8, 17, tzinfo=dt.UTC)
CLOSES = dt.datetime(2026, 3, 10, 17, tzinfo=dt.UTC)
TICK = dt.timedelta(microseconds=1)
DAY = dt.timedelta(days=1)


def a_course(session: Session) -> tuple[World, Assignment]:
    world = make_world(session, opens_at=OPENS, due_at=DUE, closes_at=CLOSES, attempts_allowed=3)
    return world, session.get_one(Assignment, world.assignment_id)


def extend(session: Session, world: World, login: str, **given: object) -> Extension:
    extension = Extension(
        **{
            "assignment_id": world.assignment_id,
            "person_id": world.people[login],
            "reason": "ill",
            "granted_by": world.people["sam"],
            "created_at": utc_now(),
            "extra_attempts": 0,
            **given,
        }
    )
    session.add(extension)
    session.flush()
    return extension


def shift_section(session: Session, world: World, **given: object) -> None:
    session.add(SectionWindow(assignment_id=world.assignment_id, section_id=world.section_id, **given))
    session.flush()


def test_without_section_or_extension_the_assignments_times_hold(database: Database) -> None:
    with database.transaction() as session:
        world, assignment = a_course(session)
        item = session.get_one(AssignmentItem, world.item_id)
        assert windows_of(session, assignment, world.people["ada"]) == Window(OPENS, DUE, CLOSES, 3)
        assert window_of(session, item, world.people["ada"]) == Window(OPENS, DUE, CLOSES, 3)


def test_an_extension_beats_the_section_which_beats_the_assignment_time_by_time(database: Database) -> None:
    with database.transaction() as session:
        world, assignment = a_course(session)
        shift_section(session, world, opens_at=OPENS + HOUR, due_at=DUE + HOUR)
        extend(session, world, "ada", due_at=DUE + 2 * HOUR)
        assert windows_of(session, assignment, world.people["ada"]) == Window(OPENS + HOUR, DUE + 2 * HOUR, CLOSES, 3)
        assert windows_of(session, assignment, world.people["bob"]) == Window(OPENS, DUE, CLOSES, 3)


def test_whoever_may_hand_in_on_time_until_later_finds_the_door_open_until_then(database: Database) -> None:
    with database.transaction() as session:
        world, assignment = a_course(session)
        extend(session, world, "ada", due_at=CLOSES + DAY)
        assert windows_of(session, assignment, world.people["ada"]).closes_at == CLOSES + DAY


def test_a_revoked_extension_gives_nothing(database: Database) -> None:
    with database.transaction() as session:
        world, assignment = a_course(session)
        extend(session, world, "ada", due_at=DUE + HOUR, extra_attempts=9).revoked_at = utc_now()
        extend(session, world, "ada", extra_attempts=2)
        item = session.get_one(AssignmentItem, world.item_id)
        assert window_of(session, item, world.people["ada"]) == Window(OPENS, DUE, CLOSES, 5)
        assert windows_of(session, assignment, world.people["ada"]).due_at == DUE


def test_a_questions_own_number_of_attempts_beats_the_assignments(database: Database) -> None:
    with database.transaction() as session:
        world, assignment = a_course(session)
        extend(session, world, "bob", extra_attempts=2)
        item = session.get_one(AssignmentItem, world.item_id)
        item.attempts_allowed = 7
        assert window_of(session, item, world.people["ada"]).attempts_allowed == 7
        assert window_of(session, item, world.people["bob"]).attempts_allowed == 9
        assert windows_of(session, assignment, world.people["bob"]).attempts_allowed == 5


def test_more_attempts_than_no_limit_is_still_no_limit(database: Database) -> None:
    with database.transaction() as session:
        world, assignment = a_course(session)
        assignment.attempts_allowed = None
        extend(session, world, "ada", extra_attempts=2)
        item = session.get_one(AssignmentItem, world.item_id)
        assert window_of(session, item, world.people["ada"]).attempts_allowed is None


def test_everybodys_windows_are_each_persons_own(database: Database) -> None:
    with database.transaction() as session:
        world, assignment = a_course(session)
        shift_section(session, world, due_at=DUE + HOUR)
        extend(session, world, "bob", closes_at=CLOSES + DAY)
        everybody = windows_of_everybody(session, assignment)
        for login in ("ada", "bob", "tina"):
            person_id = world.people[login]
            assert everybody[person_id] == windows_of(session, assignment, person_id), login
        assert everybody[world.people["ada"]].due_at == DUE + HOUR


def test_an_ended_enrolment_keeps_the_sections_window_for_the_grade(database: Database) -> None:
    with database.transaction() as session:
        world, assignment = a_course(session)
        shift_section(session, world, due_at=DUE + HOUR)
        session.scalars(select(Enrolment).where(Enrolment.person_id == world.people["ada"])).one().ended_at = utc_now()
        session.flush()
        assert windows_of(session, assignment, world.people["ada"]).due_at == DUE + HOUR


@pytest.mark.parametrize(
    ("now", "state"),
    [
        (OPENS - TICK, WindowState.NOT_OPEN),
        (OPENS, WindowState.OPEN),
        (DUE, WindowState.OPEN),
        (DUE + TICK, WindowState.LATE),
        (CLOSES, WindowState.LATE),
        (CLOSES + TICK, WindowState.CLOSED),
    ],
)
def test_where_a_moment_lies(now: dt.datetime, state: WindowState) -> None:
    assert state_at(Window(OPENS, DUE, CLOSES), now) is state


def test_times_that_are_not_set_never_come() -> None:
    far = dt.datetime(9000, 1, 1, tzinfo=dt.UTC)
    assert state_at(Window(None, None, None), far) is WindowState.OPEN
    assert state_at(Window(None, DUE, None), far) is WindowState.LATE
    assert state_at(Window(None, None, CLOSES), CLOSES) is WindowState.OPEN


def test_a_time_means_the_same_moment_in_every_zone() -> None:
    tokyo = dt.timezone(9 * HOUR)
    assert state_at(Window(OPENS, DUE, CLOSES), DUE.astimezone(tokyo)) is WindowState.OPEN
    assert state_at(Window(OPENS, DUE, CLOSES), (DUE + TICK).astimezone(tokyo)) is WindowState.LATE


@pytest.mark.parametrize(
    ("kind", "share", "after", "left"),
    [
        (LateKind.PER_DAY, 0.1, TICK, 0.9),
        (LateKind.PER_DAY, 0.1, DAY, 0.9),
        (LateKind.PER_DAY, 0.1, DAY + TICK, 0.8),
        (LateKind.PER_DAY, 0.1, 3 * DAY, 0.7),
        (LateKind.PER_DAY, 0.3, 9 * DAY, 0.0),
        (LateKind.FLAT, 0.25, 9 * DAY, 0.75),
        (LateKind.ZERO, 0.0, TICK, 0.0),
        (LateKind.NONE, 0.5, DAY, 1.0),
    ],
)
def test_what_lateness_leaves_of_a_score(kind: LateKind, share: float, after: dt.timedelta, left: float) -> None:
    assignment = Assignment(late_kind=kind, late_share=share)
    window = Window(None, DUE, None)
    assert late_factor(assignment, window, DUE + after, "UTC") == left
    assert late_factor(assignment, window, DUE, "UTC") == 1.0
    assert late_factor(assignment, Window(None, None, None), DUE + after, "UTC") == 1.0


def test_a_late_day_is_a_day_on_the_clocks_of_the_course() -> None:
    # In London, clocks go back on Sunday 25 October 2026, and forward on Sunday 28 March 2027.
    autumn = dt.datetime(2026, 10, 24, 17, tzinfo=dt.UTC)  # Saturday 18:00
    assert days_begun(autumn, autumn + 25 * HOUR, "Europe/London") == 1  # Sunday 18:00
    assert days_begun(autumn, autumn + 25 * HOUR + TICK, "Europe/London") == 2
    assert days_begun(autumn, autumn + 25 * HOUR, "UTC") == 2
    spring = dt.datetime(2027, 3, 27, 18, tzinfo=dt.UTC)  # Saturday 18:00
    assert days_begun(spring, spring + 23 * HOUR, "Europe/London") == 1  # Sunday 18:00
    assert days_begun(spring, spring + 23 * HOUR + TICK, "Europe/London") == 2


def test_lateness_within_the_hour_that_comes_twice_is_one_day() -> None:
    first_half_past_one = dt.datetime(
        2026, 10, 25, 0, 30, tzinfo=dt.UTC
    )  # London shows 01:30, an hour later 01:30 again
    assert days_begun(first_half_past_one, first_half_past_one + HOUR, "Europe/London") == 1
    assert days_begun(first_half_past_one, first_half_past_one + HOUR / 2, "Europe/London") == 1


@pytest.mark.parametrize("kind", LateKind)
def test_every_policy_has_its_own_words(kind: LateKind) -> None:
    assignment = Assignment(late_kind=kind, late_share=0.15, counting=Counting.BEST)
    said = " ".join(policy_sentences(assignment, Window(OPENS, DUE, CLOSES, 4)))
    assert ("15 %" in said) is (kind is LateKind.PER_DAY)
    assert ("85 %" in said) is (kind is LateKind.FLAT)
    assert ("no points" in said) is (kind is LateKind.ZERO)
    assert ("full marks" in said) is (kind is LateKind.NONE)
    assert "4 attempts" in said


def test_the_rules_say_what_is_so_for_this_person() -> None:
    assignment = Assignment(late_kind=LateKind.PER_DAY, late_share=0.1, counting=Counting.LAST)
    assert policy_sentences(assignment, Window(None, None, None)) == [
        "There is no deadline: nothing is late.",
        "You can hand in as often as you like; your last attempt counts.",
    ]
    assert policy_sentences(assignment, Window(None, DUE, DUE, 1)) == [
        "Nothing can be handed in after the deadline.",
        "You have one attempt at a question.",
    ]
