"""Next year's course: the same assignments later, and nobody in it but whoever made it."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from grader.services.courses.course_copy import Copied, Copy, copy_course, later
from grader.services.edits import Faulty
from grader.services.questions.publish import retire
from grader.services.refusals import Refused
from grader.store.database import Database
from grader.store.models import Assignment, Course, Enrolment, Person, Section, SectionWindow, Submission
from grader.store.words import CourseRole, LateKind
from tests.services.handing import handed
from tests.world import HOUR, NEG_LOG_LIKELIHOOD, World, make_world

YEAR = dt.timedelta(days=364)


@pytest.fixture
def world(database: Database) -> World:
    """With a window for section A, rules of every kind, and a submission."""
    with database.transaction() as session:
        made = make_world(
            session,
            late_kind=LateKind.PER_DAY,
            late_share=0.1,
            attempts_allowed=3,
            refill_attempts=1,
            refill_every_s=3600,
        )
        assignment = session.get_one(Assignment, made.assignment_id)
        assert assignment.due_at is not None
        session.add(
            SectionWindow(assignment_id=assignment.id, section_id=made.section_id, due_at=assignment.due_at + HOUR)
        )
        assignment.items[0].points = 4.5
    handed(database, made)
    return made


def copied(database: Database, world: World, slug: str = "ml-2027") -> Copied:
    """By sam."""
    with database.transaction() as session:
        sam = session.get_one(Person, world.people["sam"])
        return copy_course(session, world.course_id, Copy(slug, "ML", "2027", 364), staff=sam, actor_id=sam.id)


def test_assignments_come_along_as_drafts_with_their_rules_and_all_times_moved(
    database: Database, world: World
) -> None:
    made = copied(database, world)
    with database.reading() as session:
        old = session.get_one(Assignment, world.assignment_id)
        new = session.scalars(select(Assignment).where(Assignment.course_id == made.course_id)).one()
        rules = ("slug", "title", "late_kind", "late_share", "attempts_allowed", "refill_attempts", "refill_every_s")
        assert [getattr(new, name) for name in rules] == [getattr(old, name) for name in rules]
        assert not new.is_visible
        zone = ZoneInfo("Europe/London")
        for name in ("opens_at", "due_at", "closes_at"):
            before, after = (getattr(one, name).astimezone(zone).replace(tzinfo=None) for one in (old, new))
            assert after - before == YEAR, name
        assert [(item.question_id, item.slug, item.points) for item in new.items] == [
            (item.question_id, item.slug, item.points) for item in old.items
        ]
        window = session.scalars(select(SectionWindow).where(SectionWindow.assignment_id == new.id)).one()
        assert new.due_at is not None
        assert window.due_at == new.due_at + HOUR
        assert session.get_one(Section, window.section_id).course_id == made.course_id


def test_nobody_is_in_it_and_nothing_is_handed_in(database: Database, world: World) -> None:
    made = copied(database, world)
    with database.reading() as session:
        people = session.execute(
            select(Enrolment.person_id, Enrolment.role).where(Enrolment.course_id == made.course_id)
        ).all()
        assert [tuple(row) for row in people] == [(world.people["sam"], CourseRole.STAFF)]
        assert session.scalars(select(Submission).where(Submission.course_id == made.course_id)).all() == []


def test_a_retired_question_stays_behind_and_is_named(database: Database, world: World) -> None:
    with database.transaction() as session:
        retire(session, NEG_LOG_LIKELIHOOD)
    made = copied(database, world)
    assert (made.items, made.left_out) == (1, (NEG_LOG_LIKELIHOOD,))


def test_a_name_that_is_taken_or_cannot_be_one_is_refused_and_nothing_is_made(database: Database, world: World) -> None:
    with pytest.raises(Refused):
        copied(database, world, "ml")
    with pytest.raises(Faulty) as fault:
        copied(database, world, "No name")
    assert fault.value.errors.keys() == {"slug"}
    with database.reading() as session:
        assert len(session.scalars(select(Course)).all()) == 1


def test_what_is_due_at_five_is_due_at_five_in_summer_as_in_winter() -> None:
    zone = ZoneInfo("Europe/London")
    winter = dt.datetime(2026, 2, 2, 17, tzinfo=zone)
    moved = later(winter, 150, zone)
    assert moved is not None
    assert moved.astimezone(zone).strftime("%m-%d %H:%M %Z") == "07-02 17:00 BST"
