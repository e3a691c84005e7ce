from __future__ import annotations

import datetime as dt

import pytest

from grader.clock import utc_now
from grader.services.mistakes.mistake_effect import FEW, Effect, Side, Step, effect_of, reckoned
from grader.store.database import Database
from tests.services.wrong_ways import MEAN, SIGN, WrongClass, wrong_class

SINCE = utc_now()
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def room(database: Database) -> WrongClass:
    return wrong_class(database, students=3)


def way(person_id: int, *steps: tuple[int, str]) -> list[Step]:
    """Attempts by minute from the comment: x has the mistake, o another, + is full marks."""
    made = []
    for (at, what), after in zip(steps, (*steps[1:], None), strict=True):
        if what == "x":
            next_at = None if after is None else SINCE + after[0] * MINUTE
            next_what = "" if after is None else after[1]
            made.append(Step(person_id, SINCE + at * MINUTE, next_at, next_what == "x", next_what == "+"))
    return made


def effect(*ways: list[Step], is_hint: bool = True) -> Effect:
    return reckoned([step for one in ways for step in one], SINCE, is_hint=is_hint)


def test_those_who_went_on_before_the_comment_stand_on_one_side_and_those_after_it_on_the_other() -> None:
    found = effect(
        way(1, (-9, "x"), (-8, "x")),  # stayed in it; has it now
        way(2, (-9, "x"), (-5, "o")),
        way(3, (-9, "x"), (5, "+")),
        way(4, (2, "x"), (3, "o")),
        way(5, (2, "x")),
    )
    assert found.before == Side(again=2, left=1, passed=0)
    assert found.told == Side(again=2, left=2, passed=1)
    assert found.waiting == 2


def test_each_student_counts_once_on_each_side() -> None:
    found = effect(way(1, (-9, "x"), (-8, "x"), (-7, "x"), (3, "x"), (4, "x"), (5, "+")))
    assert found.before == Side(again=1, left=0, passed=0)
    assert found.told == Side(again=1, left=0, passed=0)
    assert found.waiting == 0


def test_without_a_hint_only_those_were_told_who_made_it_before() -> None:
    found = effect(way(1, (-9, "x"), (5, "+")), way(2, (5, "x"), (6, "+")), way(3, (7, "x")), is_hint=False)
    assert found.told == Side(again=1, left=1, passed=1)
    assert found.waiting == 0


def test_shares_are_for_sides_that_are_large_enough() -> None:
    few = effect(*(way(number, (-9, "x"), (5, "+")) for number in range(FEW - 1)))
    enough = effect(
        *(way(number, (-9, "x"), (5, "+")) for number in range(FEW)),
        *(way(100 + number, (-9, "x"), (-5, "o")) for number in range(FEW)),
    )
    assert few.told.is_few
    assert not few.can_compare
    assert enough.can_compare


def test_it_is_found_in_what_the_class_handed_in(room: WrongClass) -> None:
    room.hands_in("ada", MEAN)
    room.hands_in("ada", SIGN)
    room.hands_in("bob", MEAN)
    room.hands_in("s1", MEAN)
    room.hands_in("s3", SIGN)
    since = room.later()
    room.hands_in("bob", None)
    room.hands_in("s2", MEAN)
    with room.database.reading() as session:
        found = effect_of(session, room.world.item_id, MEAN, since, is_hint=True)
    assert found == Effect(since, told=Side(1, 1, 1), before=Side(1, 1, 0), waiting=2)
