"""The audit of a course in words: every act has a sentence, and the log of one course tells of no other."""

from __future__ import annotations

import ast
import csv
import datetime as dt
import io
import re
from collections.abc import Iterator

import pytest

from grader.clock import utc_now
from grader.services.auditing import audit, audit_log
from grader.services.auditing.audit_log import Wanted
from grader.services.auditing.audit_sentences import KINDS, acts_told
from grader.store.database import Database
from grader.store.models import AuditEvent
from tests.services.handing import another_course, graded
from tests.world import ROOT, World, make_world

_ACT = re.compile(r"[a-z]+\.[a-z_]+")
# Acts that are put together from a word of a row.
_COMPOSED = {"request.granted", "request.declined"}


def acts_in_code() -> Iterator[tuple[str, str]]:
    """Every word that is an act by its form and stands in a call that records."""
    for folder in ("grader/services", "grader/jobs", "grader/cli", "web"):
        for path in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if not isinstance(node, ast.Call):
                    continue
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                if name.lstrip("_") != "record":
                    continue
                for argument in node.args:
                    for part in ast.walk(argument):
                        if (
                            isinstance(part, ast.Constant)
                            and isinstance(part.value, str)
                            and _ACT.fullmatch(part.value)
                        ):
                            yield part.value, path.name


@pytest.fixture
def world(database: Database) -> World:
    with database.transaction() as session:
        return make_world(session)


def record(database: Database, act: str, subject: str, **given: object) -> None:
    with database.transaction() as session:
        audit.record(session, act, subject, **given)  # type: ignore[arg-type]


def told(database: Database, world: World, **wanted: object) -> list[str]:
    with database.reading() as session:
        page = audit_log.page_of(session, world.course_id, Wanted(**wanted))  # type: ignore[arg-type]
    return [f"{event.actor} {event.sentence}" for event in page.events]


def test_every_act_of_the_code_has_a_sentence() -> None:
    found = dict(acts_in_code())
    assert len(found) > 30
    missing = {act: where for act, where in found.items() if act not in acts_told()}
    assert missing == {}
    assert {act.partition(".")[0] for act in acts_told()} <= KINDS.keys()


def test_no_sentence_is_of_an_act_that_nobody_does() -> None:
    done = {act for act, _ in acts_in_code()} | _COMPOSED
    text = "".join(path.read_text("utf-8") for path in (ROOT / "grader").rglob("*.py") if "audit_" not in path.name)
    assert [act for act in acts_told() if act not in done and f'"{act}"' not in text] == []


def test_an_act_that_is_not_known_is_told_by_its_name(database: Database, world: World) -> None:
    by, person = world.people["tina"], world.people["ada"]
    record(database, "moon.was_shot", f"person:{person}", actor_id=by, course_id=world.course_id)
    record(database, "odd", "thing", actor_id=None, course_id=world.course_id)
    assert told(database, world) == ["The grader odd (thing)", "Tina moon: was shot (Ada)"]


def test_events_with_odd_details_are_told_all_the_same(database: Database, world: World) -> None:
    for act in sorted(acts_told()):
        for detail in ({}, {"points": None, "reason": None}, {"item": 10**9, "person": "x", "assignment": [1]}):
            record(database, act, "person:999999", actor_id=None, course_id=world.course_id, detail=detail)
    assert len(told(database, world)) == audit_log.PAGE_SIZE


def test_filters_find_what_they_say(database: Database, world: World) -> None:
    submission_id = graded(database, world)
    tina, sam, ada = (world.people[login] for login in ("tina", "sam", "ada"))
    here = {"course_id": world.course_id}
    record(database, "run.replayed", f"submission:{submission_id}", actor_id=tina, **here)
    record(database, "roster.changed", f"person:{ada}", actor_id=sam, **here)
    record(database, "assignment.edited", f"assignment:{world.assignment_id}", actor_id=None, **here)
    replayed = "Tina ran attempt 1 of Ada at tensor_add exactly again, to compare"
    changed, edited = "Sam changed the enrolment of Ada", "The grader edited Tutorial 3"
    assert told(database, world) == [edited, changed, replayed]
    assert told(database, world, person_id=ada) == [changed, replayed]
    assert told(database, world, person_id=world.people["bob"]) == []
    assert told(database, world, actor_id=sam) == [changed]
    assert told(database, world, by_nobody=True) == [edited]
    assert told(database, world, kind="run") == [replayed]
    assert told(database, world, kind="r%n") == []
    assert told(database, world, subject=f"submission:{submission_id}") == [replayed]
    assert told(database, world, since=utc_now() + dt.timedelta(hours=1)) == []
    assert told(database, world, until=utc_now() - dt.timedelta(hours=1)) == []


def test_the_log_of_one_course_tells_of_no_other(database: Database, world: World) -> None:
    with database.transaction() as session:
        other = another_course(session, "other")
    record(database, "roster.changed", f"person:{world.people['ada']}", actor_id=None, course_id=other)
    record(database, "person.password_changed", f"person:{world.people['ada']}", actor_id=world.people["ada"])
    assert told(database, world) == []


def test_pages_go_on_where_the_last_ended(database: Database, world: World) -> None:
    with database.transaction() as session:
        for number in range(120):
            audit.record(
                session,
                "section.created",
                "section:1",
                actor_id=None,
                course_id=world.course_id,
                detail={"name": number},
            )
    seen: list[int] = []
    before: int | None = None
    for _ in range(10):
        with database.reading() as session:
            page = audit_log.page_of(session, world.course_id, Wanted(), before=before)
        seen += [event.id for event in page.events]
        before = page.older
        if before is None:
            break
    assert len(seen) == len(set(seen)) == 120
    assert seen == sorted(seen, reverse=True)


def test_the_file_has_every_event_and_no_formula(database: Database, world: World) -> None:
    with database.transaction() as session:
        for number in range(700):
            detail = {"reason": f"=SUM({number})", "name": "+1"}
            audit.record(session, "+odd", "x", actor_id=None, course_id=world.course_id, detail=detail)
        assert session.query(AuditEvent).filter_by(course_id=world.course_id).count() == 700
    with database.reading() as session:
        text = audit_log.csv_of(session, world.course_id, Wanted())
    rows = list(csv.reader(io.StringIO(text)))
    assert len(rows) == 701
    assert {row[-1][:5] for row in rows[1:]} == {"'=SUM"}
    assert not any(cell.startswith(("=", "+", "@")) for row in rows for cell in row)
