"""Comparing submissions in the background: asked for once, done by a worker, judged by a person."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from sqlalchemy import select, update

from grader.clock import utc_now
from grader.jobs.chores import CHORES, Chores
from grader.jobs.similarity import SIMILARITY
from grader.sandbox.interface import Sandbox
from grader.services.handing_in.submit import hand_in
from grader.services.refusals import Refused
from grader.services.similarity import similarity
from grader.store.database import Database
from grader.store.models import AssignmentItem, AuditEvent, GradingRun
from grader.store.similarity import SimilarityCheck, SimilarPair
from grader.store.words import CourseRole, Device, RunState, SimilarityState
from tests.services.test_likeness import one_way
from tests.world import World, enrol, person

NAMES = ("cora", "dan", "emil", "fatima", "goran")


def handed(database: Database, world: World, person_id: int, text: str) -> int:
    with database.transaction() as session:
        return hand_in(session, person_id=person_id, item_id=world.item_id, source=text.encode()).submission_id


@pytest.fixture
def class_(database: Database, world: World) -> dict[str, int]:
    """Seven students who handed in, bob a copy of ada's; their submissions by login."""
    people = dict(world.people)
    with database.transaction() as session:
        for login in NAMES:
            people[login] = person(session, login).id
            enrol(session, world.course_id, people[login], CourseRole.STUDENT)
    texts = {login: one_way(number) for number, login in enumerate(("ada", "bob", *NAMES))}
    texts["bob"] = texts["ada"].replace("data", "mine")
    submissions = {login: handed(database, world, people[login], text) for login, text in texts.items()}
    _grade_all(database)
    return submissions


def _grade_all(database: Database) -> None:
    """Nothing of a student's waits any more: the worker has time. What came of the runs matters to nobody here."""
    with database.transaction() as session:
        session.execute(update(GradingRun).values(state=RunState.FAILED, finished_at=utc_now()))


def asked(database: Database, world: World) -> int:
    with database.transaction() as session:
        return similarity.ask(session, world.item_id, actor_id=world.people["tina"], now=utc_now()).id


def worked(database: Database, sandbox: Sandbox) -> bool:
    places = threading.BoundedSemaphore(1)
    return Chores(database, sandbox, places, [Device.CPU], look_s=0.05, kinds=[SIMILARITY]).work()


def found(database: Database, check_id: int) -> list[SimilarPair]:
    with database.reading() as session:
        rows = list(session.scalars(select(SimilarPair).where(SimilarPair.check_id == check_id)))
        session.expunge_all()
        return rows


def test_the_worker_does_it_and_the_copy_is_found(
    database: Database, world: World, sandbox: Sandbox, class_: dict[str, int]
) -> None:
    assert SIMILARITY in CHORES
    check_id = asked(database, world)
    assert asked(database, world) == check_id, "asked twice, done once"
    assert worked(database, sandbox)
    assert not worked(database, sandbox)
    with database.reading() as session:
        check = session.get_one(SimilarityCheck, check_id)
        assert (check.state, check.compared, check.is_too_small) == (SimilarityState.FINISHED, 7, False)
    (pair,) = found(database, check_id)
    assert (pair.a_id, pair.b_id) == (class_["ada"], class_["bob"])
    assert pair.share > 0.9


def test_each_students_last_submission_is_compared_and_no_teachers(
    database: Database, world: World, sandbox: Sandbox, class_: dict[str, int]
) -> None:
    last = handed(database, world, world.people["bob"], one_way(77))
    handed(database, world, world.people["tina"], one_way(0))
    with database.reading() as session:
        item = session.get_one(AssignmentItem, world.item_id)
        chosen = {one.submission_id for one in similarity.chosen(session, item)}
    assert chosen == {*class_.values(), last} - {class_["bob"]}
    _grade_all(database)
    check_id = asked(database, world)
    assert worked(database, sandbox)
    assert found(database, check_id) == []


def test_a_judgement_is_kept_over_the_next_comparison_and_audited(
    database: Database, world: World, sandbox: Sandbox, class_: dict[str, int]
) -> None:
    check_id = asked(database, world)
    assert worked(database, sandbox)
    (pair,) = found(database, check_id)
    given: dict[str, Any] = {"course_id": world.course_id, "actor_id": world.people["tina"], "now": utc_now()}
    with database.transaction() as session:
        similarity.judge(session, pair.id, verdict="harmless", note="They sat together.", **given)
        with pytest.raises(Refused, match="Choose one of"):
            similarity.judge(session, pair.id, verdict="guilty", note="", **given)
    again = asked(database, world)
    assert again != check_id
    assert worked(database, sandbox)
    (pair,) = found(database, again)
    assert (pair.verdict, pair.note, pair.judged_by) == ("harmless", "They sat together.", world.people["tina"])
    with database.reading() as session:
        (event,) = session.scalars(select(AuditEvent).where(AuditEvent.act == "similarity.judged"))
        assert event.detail["after"]["verdict"] == "harmless"


def test_words_are_not_compared(database: Database, world: World) -> None:
    with database.transaction() as session:
        item = session.get_one(AssignmentItem, world.item_id)
        assert item.question.live_version is not None
        item.question.live_version_id = None
        session.flush()
        session.expire(item.question)
        with pytest.raises(Refused, match="Only programs"):
            similarity.ask(session, world.item_id, actor_id=world.people["tina"], now=utc_now())
