from __future__ import annotations

import pytest
from sqlalchemy import select

from grader.clock import utc_now
from grader.services.courses import extensions as service
from grader.services.courses.windows import window_of
from grader.services.edits import Faulty
from grader.services.refusals import Refused
from grader.store.database import Database
from grader.store.models import AssignmentItem, AuditEvent, Course
from tests.world import HOUR, World, make_world


@pytest.fixture
def world(database: Database) -> World:
    with database.transaction() as session:
        return make_world(session, attempts_allowed=3)


def grant(database: Database, world: World, *logins: str, **given: object) -> list[int]:
    """Ids of what was granted."""
    with database.transaction() as session:
        granted = service.grant(
            session,
            world.assignment_id,
            {world.people[login] for login in logins},
            granted_by=world.people["sam"],
            **{"reason": "ill", "extra_attempts": 2, **given},  # type: ignore[arg-type]
        )
        return [row.id for row in granted]


def attempts(database: Database, world: World, login: str) -> int | None:
    with database.reading() as session:
        item = session.get_one(AssignmentItem, world.item_id)
        return window_of(session, item, world.people[login]).attempts_allowed


def test_several_students_get_the_same_extension(database: Database, world: World) -> None:
    grant(database, world, "ada", "bob")
    assert [attempts(database, world, login) for login in ("ada", "bob")] == [5, 5]
    with database.reading() as session:
        acts = session.scalars(select(AuditEvent)).all()
        assert {(event.act, event.subject) for event in acts} == {
            ("extension.granted", f"person:{world.people['ada']}"),
            ("extension.granted", f"person:{world.people['bob']}"),
        }


def test_a_second_extension_takes_the_place_of_the_first(database: Database, world: World) -> None:
    grant(database, world, "ada")
    grant(database, world, "ada", extra_attempts=1)
    assert attempts(database, world, "ada") == 4
    with database.reading() as session:
        assert len(service.live_extensions(session, world.course_id)) == 1


def test_a_revoked_extension_gives_nothing(database: Database, world: World) -> None:
    (extension_id,) = grant(database, world, "ada")
    for _ in range(2):
        with database.transaction() as session:
            service.revoke(session, world.course_id, extension_id, revoked_by=world.people["sam"])
    assert attempts(database, world, "ada") == 3
    with database.reading() as session:
        assert service.live_extensions(session, world.course_id) == []
        assert list(session.scalars(select(AuditEvent.act))) == ["extension.granted", "extension.revoked"]


def test_an_extension_of_another_course_cannot_be_revoked(database: Database, world: World) -> None:
    (extension_id,) = grant(database, world, "ada")
    with database.transaction() as session:
        other = Course(slug="other", title="Other", created_at=utc_now())
        session.add(other)
        session.flush()
        with pytest.raises(Refused):
            service.revoke(session, other.id, extension_id, revoked_by=world.people["sam"])
    assert attempts(database, world, "ada") == 5


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"reason": " "}, "reason"),
        ({"extra_attempts": -1}, "extra_attempts"),
        ({"extra_attempts": 0}, "due_at"),
        ({"due_at": utc_now() - HOUR}, "due_at"),
        ({"due_at": utc_now() + 1000 * HOUR}, "closes_at"),
    ],
)
def test_what_would_be_no_extension_is_refused_at_its_field(
    database: Database, world: World, change: dict[str, object], field: str
) -> None:
    with pytest.raises(Faulty) as fault:
        grant(database, world, "ada", **change)
    assert list(fault.value.errors) == [field]
    assert attempts(database, world, "ada") == 3


@pytest.mark.parametrize("login", ["tina", "eve"])
def test_only_students_of_the_course_get_extensions(database: Database, world: World, login: str) -> None:
    with pytest.raises(Faulty) as fault:
        grant(database, world, login)
    assert list(fault.value.errors) == ["people"]
