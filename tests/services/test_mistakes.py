from __future__ import annotations

import pytest
from sqlalchemy import select

from grader.services.mistakes.mistake_names import OF_DIAGNOSIS, CaseSeen, called, fails_at
from grader.services.mistakes.mistakes import (
    cluster_of,
    largest_mistakes,
    mistakes_of_item,
    samples_of,
)
from grader.services.refusals import Reason, Refused
from grader.store.database import Database
from grader.store.models import GradingRun
from grader.store.words import Purpose
from grader.vocab import Diagnosis, Verdict
from tests.services.wrong_ways import MEAN, SIGN, TYPO, WrongClass, wrong_class


@pytest.fixture
def room(database: Database) -> WrongClass:
    return wrong_class(database, students=4)


def case(name: str, diagnosis: str | None, *, hidden: bool = False) -> CaseSeen:
    return CaseSeen(name, hidden, Verdict.WRONG_ANSWER if diagnosis else Verdict.ACCEPTED, diagnosis)


def test_students_who_go_wrong_in_the_same_way_stand_together_the_most_first(room: WrongClass) -> None:
    for login in ("ada", "bob", "s1"):
        room.hands_in(login, MEAN)
    room.hands_in("ada", MEAN)
    for login in ("s2", "s3"):
        room.hands_in(login, SIGN)
    room.hands_in("s4", TYPO)
    room.standings()
    with room.database.reading() as session:
        found = mistakes_of_item(session, room.world.item_id)
    assert [(row.mistake, row.students, row.submissions, row.stuck) for row in found.clusters] == [
        (MEAN, 3, 4, 3),
        (SIGN, 2, 2, 2),
    ]
    assert [(row.given, row.expected) for row in found.clusters] == [("10.0", "2.5")] * 2
    assert [one.person for one in found.alone] == ["S4"]
    assert (found.alone_total, found.stuck) == (1, 6)


def test_who_got_past_it_is_counted_and_not_stuck(room: WrongClass) -> None:
    room.hands_in("ada", MEAN)
    room.hands_in("bob", MEAN)
    room.hands_in("ada", None)
    room.standings()
    with room.database.reading() as session:
        (found,) = mistakes_of_item(session, room.world.item_id).clusters
        again, people = cluster_of(session, room.world.item_id, MEAN)
    assert (found.students, found.stuck) == (again.students, again.stuck) == (2, 1)
    assert [(each.name, each.is_stuck) for each in people] == [("Bob", True), ("Ada", False)]


def test_prechecks_and_runs_that_do_not_count_are_no_mistakes(room: WrongClass) -> None:
    room.hands_in("ada", MEAN, purpose=Purpose.PRECHECK)
    regraded = room.hands_in("bob", MEAN)
    with room.database.transaction() as session:
        run = session.scalars(select(GradingRun).where(GradingRun.submission_id == regraded)).one()
        run.is_live = False
    with room.database.reading() as session:
        found = mistakes_of_item(session, room.world.item_id)
        assert (found.clusters, found.alone) == ((), ())
        with pytest.raises(Refused) as refused:
            cluster_of(session, room.world.item_id, MEAN)
    assert refused.value.reason is Reason.NOT_FOUND


def test_the_same_signature_at_another_question_is_another_mistake(room: WrongClass) -> None:
    room.hands_in("ada", MEAN)
    other = next(item for item in room.world.item_ids.values() if item != room.world.item_id)
    with room.database.reading() as session:
        assert mistakes_of_item(session, other).alone_total == 0
        with pytest.raises(Refused):
            cluster_of(session, other, MEAN)


def test_over_all_questions_the_mistakes_that_most_are_stuck_in_come_first(room: WrongClass) -> None:
    for login in ("ada", "bob", "s1", "s2"):
        room.hands_in(login, MEAN)
    for login in ("ada", "bob", "s1"):
        room.hands_in(login, SIGN)
    room.hands_in("s3", TYPO)
    room.hands_in("s4", MEAN)
    room.standings()
    with room.database.reading() as session:
        found = largest_mistakes(session, [room.world.assignment_id])
        nowhere = largest_mistakes(session, [])
    assert [(row.mistake, row.stuck, row.tried, row.name) for row in found] == [
        (SIGN, 3, 6, "Wrong sign"),
        (MEAN, 2, 6, "Sum where a mean is asked for"),
    ]
    assert (found[0].given, found[0].expected) == ("10.0", "2.5")  # of the public case; of a hidden one never
    assert nowhere == ()


def test_samples_are_of_different_students_and_texts_with_the_newest_first(room: WrongClass) -> None:
    room.hands_in("ada", MEAN, "def tensor_add(a, b):\n    return 1\n")
    copied = room.hands_in("bob", MEAN, "def tensor_add(a, b):\n    return 2\n")
    room.hands_in("s1", MEAN, "def tensor_add(a, b):\n    return 2\n")
    laid_out = room.hands_in("s2", MEAN, "def tensor_add(a,b):\n\n    return 2 # two\n")
    newest = room.hands_in("ada", MEAN, "def tensor_add(a, b):\n    return 3\n")
    with room.database.reading() as session:
        found = samples_of(session, room.world.item_id, MEAN)
        texts = [sample.submission.source for sample in found]
        ids = [sample.submission.id for sample in found]
    assert ids == [newest, laid_out]
    assert copied not in ids  # s1 handed in the same text later
    assert [b"return 3" in text for text in texts] == [True, False]


def test_a_mistake_is_called_by_what_its_cases_say(room: WrongClass) -> None:
    room.hands_in("ada", MEAN)
    with room.database.reading() as session:
        found, _ = cluster_of(session, room.world.item_id, MEAN)
        assert found.name == "Sum where a mean is asked for"
        assert found.where == "fails “worked example” and 1 more"


def test_every_diagnosis_has_a_name() -> None:
    assert set(OF_DIAGNOSIS) == set(Diagnosis)


@pytest.mark.parametrize(
    ("cases", "name", "where"),
    [
        ([case("a", "sign"), case("b", None)], "Wrong sign", "fails “a”"),
        ([case("a", "wrong_value"), case("b", "sign", hidden=True)], "Wrong sign", "fails every case"),
        ([case("a", None), case("b", "sign", hidden=True)], "Wrong sign", "fails “b”, which is hidden"),
        (
            [case("a", None), case("b", "sign", hidden=True), case("c", "sign", hidden=True)],
            "Wrong sign",
            "fails “b” and 1 more, all hidden",
        ),
        ([case("a", "sign", hidden=True), case("b", "sign"), case("c", None)], "Wrong sign", "fails “b” and 1 more"),
        (
            [case("a", "wrong_value"), case("b", "wrong_value"), case("c", "wrong_gradient")],
            "Wrong values",
            "fails every case",
        ),
        ([case("a", None), case("b", "wrong_gradient")], "Wrong gradient", "fails “b”"),
        ([case("a", "of tomorrow")], "Wrong result", "fails “a”"),
        ([], "Wrong result", ""),
    ],
)
def test_names_say_the_most_precise_thing_and_where_it_shows(cases: list[CaseSeen], name: str, where: str) -> None:
    assert (called(cases), fails_at(cases)) == (name, where)


def test_a_rerun_moves_a_submission_to_the_mistake_of_the_new_result(room: WrongClass) -> None:
    submission_id = room.hands_in("ada", MEAN)
    with room.database.transaction() as session:
        old = session.scalars(select(GradingRun).where(GradingRun.submission_id == submission_id)).one()
        old.is_live = False
        session.flush()
        session.add(
            GradingRun(
                **{
                    name: getattr(old, name)
                    for name in ("submission_id", "version_id", "course_id", "device", "state", "verdict", "queued_at")
                },
                seed=2,
                mistake=SIGN,
            )
        )
    with room.database.reading() as session:
        assert [one.mistake for one in mistakes_of_item(session, room.world.item_id).alone] == [SIGN]
