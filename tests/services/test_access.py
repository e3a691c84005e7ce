from __future__ import annotations

from sqlalchemy import select

from grader.clock import utc_now
from grader.services.access import VERBS, Verb, may, verbs_of
from grader.store.database import Database
from grader.store.models import Course, Enrolment, Person
from grader.store.words import CourseRole
from tests.world import enrol, make_world


def test_a_stranger_may_do_nothing_and_an_administrator_everything(database: Database) -> None:
    with database.transaction() as session:
        world = make_world(session)
        held = {
            login: verbs_of(session, session.get_one(Person, person_id), world.course_id)
            for login, person_id in world.people.items()
        }
    assert held["eve"] == frozenset()
    assert held["root"] == frozenset(Verb)
    assert held["ada"] < held["tina"] < held["sam"]


def test_a_role_in_one_course_is_nothing_in_another(database: Database) -> None:
    with database.transaction() as session:
        world = make_world(session, questions=())
        other = Course(slug="other", title="Other", created_at=utc_now())
        session.add(other)
        session.flush()
        sam = session.get_one(Person, world.people["sam"])
        assert verbs_of(session, sam, other.id) == frozenset()
        enrol(session, other.id, sam.id, CourseRole.STUDENT)
        session.flush()
        assert not may(session, sam, Verb.VIEW_ANY, other.id)
        assert may(session, sam, Verb.VIEW_ANY, world.course_id)


def test_an_ended_enrolment_and_a_disabled_account_give_no_rights(database: Database) -> None:
    with database.transaction() as session:
        world = make_world(session, questions=())
        sam, root = (session.get_one(Person, world.people[login]) for login in ("sam", "root"))
        session.scalars(select(Enrolment).where(Enrolment.person_id == sam.id)).one().ended_at = utc_now()
        session.flush()
        assert verbs_of(session, sam, world.course_id) == frozenset()
        root.disabled_at = utc_now()
        assert verbs_of(session, root, world.course_id) == frozenset()


def test_every_role_has_its_verbs_and_only_staff_change_the_course() -> None:
    assert set(VERBS) == set(CourseRole)
    changing = {Verb.EDIT_ROSTER, Verb.EDIT_ASSIGNMENTS, Verb.EDIT_QUESTIONS, Verb.REGRADE, Verb.COPY_COURSE}
    for role, verbs in VERBS.items():
        assert bool(verbs & changing) is (role is CourseRole.STAFF)
