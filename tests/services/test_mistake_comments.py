from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from grader.services.edits import Changed, Faulty
from grader.services.grading.results import live_run
from grader.services.mistakes import mistakes
from grader.services.mistakes.mistake_comments import (
    MAX_COMMENT_CHARACTERS,
    Told,
    comment,
    history,
    in_force,
    told_since,
    told_with,
    withdraw,
)
from grader.services.mistakes.mistakes import cluster_of
from grader.store.database import Database
from grader.store.models import AuditEvent, MistakeComment, Submission
from grader.store.words import Purpose
from tests.services.handing import at_once
from tests.services.wrong_ways import MEAN, SIGN, WrongClass, wrong_class


@pytest.fixture
def room(database: Database) -> WrongClass:
    return wrong_class(database, students=3)


def say(room: WrongClass, text: str, *, seen_id: int | None = None, who: str = "tina", **given: Any) -> int:
    """Tell everybody with MEAN; the row's id."""
    now = room.later()
    with room.database.transaction() as session:
        if seen_id is None:
            there = in_force(session, room.world.item_id, MEAN)
            seen_id = 0 if there is None else there.id
        values: dict[str, Any] = {"name": "", "is_hint": True, **given}
        made = comment(
            session,
            room.world.item_id,
            MEAN,
            text=text,
            seen_id=seen_id,
            written_by=room.world.people[who],
            now=now,
            **values,
        )
        return made.id


def stop(room: WrongClass) -> None:
    now = room.later()
    with room.database.transaction() as session:
        there = in_force(session, room.world.item_id, MEAN)
        assert there is not None
        withdraw(session, room.world.item_id, MEAN, seen_id=there.id, actor_id=room.world.people["tina"], now=now)


def told(room: WrongClass, submission_id: int) -> Told | None:
    with room.database.reading() as session:
        return told_with(session, session.get_one(Submission, submission_id), live_run(session, submission_id))


def test_one_comment_reaches_everybody_who_made_the_mistake_and_whoever_makes_it_next(room: WrongClass) -> None:
    before = [room.hands_in(login, MEAN) for login in ("ada", "bob", "s1")]
    other = room.hands_in("s2", SIGN)
    say(room, "Divide by *n*.")
    after = room.hands_in("s3", MEAN)
    assert [told(room, each) for each in (*before, after)] == [Told("Divide by *n*.", 3)] * 4
    assert told(room, other) is None


def test_a_mistake_of_very_many_is_not_counted_to_the_end(room: WrongClass, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mistakes, "_COUNTED", 3)
    first, *_ = [room.hands_in(login, MEAN) for login in ("ada", "bob", "s1", "s2")]
    say(room, "Divide.")
    assert told(room, first) == Told("Divide.", 2, are_more=True)


def test_a_comment_that_is_no_hint_is_only_for_what_was_handed_in_before_it(room: WrongClass) -> None:
    before = room.hands_in("ada", MEAN)
    say(room, "Divide.", is_hint=False)
    after = room.hands_in("bob", MEAN)
    assert told(room, before) == Told("Divide.", 1)
    assert told(room, after) is None
    say(room, "Divide by n.", is_hint=False)  # other words reach nobody else
    assert told(room, before) == Told("Divide by n.", 1)
    assert told(room, after) is None


def test_a_precheck_tells_nothing(room: WrongClass) -> None:
    room.hands_in("ada", MEAN)
    say(room, "Divide.")
    assert told(room, room.hands_in("bob", MEAN, purpose=Purpose.PRECHECK)) is None


def test_an_edit_is_another_row_and_what_was_said_stays_on_record(room: WrongClass) -> None:
    submission_id = room.hands_in("ada", MEAN)
    first = say(room, "Divide.", name="forgot n")
    second = say(room, "Divide by n.", name="forgot n")
    assert first != second
    assert told(room, submission_id) == Told("Divide by n.", 0)
    with room.database.reading() as session:
        assert [row.text for row in history(session, room.world.item_id, MEAN)] == ["Divide by n.", "Divide."]
        acts = session.scalars(select(AuditEvent).where(AuditEvent.act.like("mistake.%")).order_by(AuditEvent.id)).all()
    assert [event.act for event in acts] == ["mistake.commented"] * 2
    assert acts[1].detail["before"]["text"] == "Divide."
    assert acts[1].detail["after"]["text"] == "Divide by n."
    assert acts[1].actor_id == room.world.people["tina"]
    assert acts[1].course_id == room.world.course_id


def test_withdrawn_it_is_shown_to_nobody_and_the_name_stays(room: WrongClass) -> None:
    submission_id = room.hands_in("ada", MEAN)
    say(room, "Divide.", name="forgot n")
    stop(room)
    assert told(room, submission_id) is None
    with room.database.reading() as session:
        cluster, _ = cluster_of(session, room.world.item_id, MEAN)
        assert (cluster.name, cluster.is_told) == ("forgot n", False)
        acts = session.scalars(select(AuditEvent.act).where(AuditEvent.act.like("mistake.%"))).all()
    assert "mistake.comment_withdrawn" in acts


def test_a_name_alone_is_for_staff_only(room: WrongClass) -> None:
    submission_id = room.hands_in("ada", MEAN)
    say(room, "", name="forgot  n ")
    assert told(room, submission_id) is None
    with room.database.reading() as session:
        assert cluster_of(session, room.world.item_id, MEAN)[0].name == "forgot n"


def test_the_same_again_changes_nothing(room: WrongClass) -> None:
    room.hands_in("ada", MEAN)
    assert say(room, "Divide.") == say(room, " Divide. ")
    with room.database.reading() as session:
        assert len(history(session, room.world.item_id, MEAN)) == 1


def test_whoever_looked_at_something_older_is_told_so(room: WrongClass) -> None:
    room.hands_in("ada", MEAN)
    first = say(room, "Divide.")
    with pytest.raises(Changed):
        say(room, "Another.", seen_id=0, who="sam")
    second = say(room, "Divide by n.")
    with pytest.raises(Changed):
        say(room, "Mine.", seen_id=first, who="sam")
    with room.database.reading() as session:
        there = in_force(session, room.world.item_id, MEAN)
        assert there is not None
        assert there.id == second


def test_of_two_who_write_at_once_one_is_told_that_the_other_was_quicker(room: WrongClass) -> None:
    room.hands_in("ada", MEAN)
    for seen_id in (0, None):
        known = seen_id
        if known is None:
            with room.database.reading() as session:
                there = in_force(session, room.world.item_id, MEAN)
                assert there is not None
                known = there.id
        results = at_once(
            [
                lambda who=who, known=known: say(room, f"{who} says {known}", seen_id=known, who=who)  # type: ignore[misc]
                for who in ("tina", "sam")
            ]
        )
        assert sorted(type(result).__name__ for result in results) == ["Changed", "int"]
    with room.database.reading() as session:
        live = session.scalars(select(MistakeComment).where(MistakeComment.withdrawn_at.is_(None))).all()
        assert len(live) == 1


@pytest.mark.parametrize(
    ("given", "fields"),
    [
        ({"text": "x" * (MAX_COMMENT_CHARACTERS + 1)}, {"text"}),
        ({"text": "a\0b"}, {"text"}),
        ({"text": "a", "name": "x" * 201}, {"name"}),
        ({"text": "  "}, {"text"}),
    ],
)
def test_what_cannot_be_said_is_refused_by_field(room: WrongClass, given: dict[str, Any], fields: set[str]) -> None:
    with pytest.raises(Faulty) as fault:
        say(room, **given)
    assert set(fault.value.errors) == fields


def test_told_since_goes_back_over_edits_but_not_over_silence(room: WrongClass) -> None:
    room.hands_in("ada", MEAN)
    item_id = room.world.item_id
    with room.database.reading() as session:
        assert told_since(session, item_id, MEAN) is None
    say(room, "Divide.")
    first = room.now()
    say(room, "Divide by n.")
    with room.database.reading() as session:
        assert told_since(session, item_id, MEAN) == first
    stop(room)
    with room.database.reading() as session:
        assert told_since(session, item_id, MEAN) is None
    say(room, "Once more: divide.")
    with room.database.reading() as session:
        assert told_since(session, item_id, MEAN) == room.now()
