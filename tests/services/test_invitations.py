from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from grader.clock import utc_now
from grader.services.access import enrolment_of
from grader.services.people import accounts, invitations, members
from grader.services.refusals import Reason, Refused
from grader.store.database import Database
from grader.store.models import AuditEvent, Course, Enrolment, Invitation, Person
from grader.store.words import CourseRole
from tests.passwords import PASSWORD, cheap_passwords
from tests.world import World, enrol, make_world, person

__all__ = ["cheap_passwords"]


@pytest.fixture
def world(database: Database) -> World:
    with database.transaction() as session:
        return make_world(session, questions=())


def link(
    database: Database,
    world: World,
    role: CourseRole = CourseRole.STUDENT,
    *,
    login: str | None = None,
    section_id: int | None = None,
    course_id: int | None = None,
) -> str:
    with database.transaction() as session:
        return invitations.invite(
            session,
            course_id or world.course_id,
            role,
            actor_id=world.people["sam"],
            login=login,
            section_id=section_id,
        )[1]


def other_course(database: Database) -> int:
    with database.transaction() as session:
        course = Course(slug="other", title="Other", created_at=utc_now())
        session.add(course)
        session.flush()
        return course.id


def role_of(database: Database, login: str, course_id: int) -> CourseRole | None:
    with database.reading() as session:
        found = accounts.person_with_login(session, login)
        enrolment = found and enrolment_of(session, found.id, course_id)
        return enrolment.role if enrolment else None


def test_a_link_makes_an_account_in_the_course_and_then_is_used_up(database: Database, world: World) -> None:
    text = link(database, world, section_id=world.section_id)
    with database.transaction() as session:
        new = invitations.accept_as_new(session, text, password=PASSWORD, login="Grace", name="Grace Hopper")
        enrolment = enrolment_of(session, new.id, world.course_id)
        assert enrolment is not None
        assert (enrolment.role, enrolment.section_id) == (CourseRole.STUDENT, world.section_id)
    with database.reading() as session:
        assert accounts.check_password(session, "grace", PASSWORD) is not None
    with pytest.raises(Refused, match="used, revoked or too old") as refused, database.transaction() as session:
        invitations.accept_as_new(session, text, password=PASSWORD, login="other", name="Other")
    assert refused.value.reason is Reason.NOT_FOUND
    assert role_of(database, "other", world.course_id) is None


def test_a_link_adds_the_course_to_whoever_is_logged_in(database: Database, world: World) -> None:
    text = link(database, world, CourseRole.TA)
    with database.transaction() as session:
        assert invitations.accept(session, text, world.people["eve"]).slug == "ml"
    assert role_of(database, "eve", world.course_id) is CourseRole.TA
    with database.reading() as session:
        acts = [event.act for event in session.scalars(select(AuditEvent).order_by(AuditEvent.id))]
    assert acts == ["invitation.created", "invitation.accepted"]


def test_a_link_used_by_many_at_the_same_moment_lets_one_in(database: Database, world: World) -> None:
    text = link(database, world)

    def use(number: int) -> bool:
        try:
            with database.transaction() as session:
                invitations.accept_as_new(session, text, password=PASSWORD, login=f"new{number}", name="New")
        except Refused:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(use, range(16))) == 1
    with database.reading() as session:
        assert len(list(session.scalars(select(Person).where(Person.login.like("new%"))))) == 1


def test_a_link_for_one_login_serves_nobody_else(database: Database, world: World) -> None:
    text = link(database, world, login="eve")
    with pytest.raises(Refused, match="is for eve") as refused, database.transaction() as session:
        invitations.accept(session, text, world.people["root"])
    assert refused.value.reason is Reason.FORBIDDEN
    text_for_grace = link(database, world, login="Grace")
    with database.transaction() as session:
        made = invitations.accept_as_new(session, text_for_grace, password=PASSWORD, login="mallory", name="Grace")
        assert made.login == "grace"


def test_an_expired_or_revoked_link_does_nothing(database: Database, world: World) -> None:
    text = link(database, world)
    later = utc_now() + invitations.GOOD_FOR + dt.timedelta(seconds=1)
    with pytest.raises(Refused), database.transaction() as session:
        invitations.accept(session, text, world.people["eve"], now=later)
    with database.transaction() as session:
        invitation = session.scalars(select(Invitation)).one()
        invitations.revoke(session, invitation.id, world.course_id, actor_id=world.people["sam"])
    with pytest.raises(Refused), database.transaction() as session:
        invitations.accept(session, text, world.people["eve"])
    assert role_of(database, "eve", world.course_id) is None
    for wrong in ("", "x", text + "x", "\udcff"):
        with pytest.raises(Refused), database.reading() as session:
            invitations.offer_of(session, wrong)


def test_an_invitation_of_another_course_cannot_be_revoked_here(database: Database, world: World) -> None:
    other_id = other_course(database)
    text = link(database, world)
    with database.transaction() as session:
        invitation = session.scalars(select(Invitation)).one()
        with pytest.raises(Refused, match="no such invitation"):
            invitations.revoke(session, invitation.id, other_id, actor_id=world.people["sam"])
        invitations.offer_of(session, text)


def test_a_new_link_for_a_login_takes_the_place_of_the_old_one(database: Database, world: World) -> None:
    old, new = link(database, world, login="grace"), link(database, world, login="GRACE")
    with database.reading() as session:
        with pytest.raises(Refused):
            invitations.offer_of(session, old)
        assert invitations.offer_of(session, new).invitation.login == "grace"


def test_a_link_never_lowers_a_role_and_brings_back_who_had_left(database: Database, world: World) -> None:
    text = link(database, world)
    with database.transaction() as session:
        invitations.accept(session, text, world.people["sam"])
    assert role_of(database, "sam", world.course_id) is CourseRole.STAFF
    with database.transaction() as session:
        members.end(session, world.course_id, world.people["tina"], actor_id=world.people["sam"])
    assert role_of(database, "tina", world.course_id) is None
    text = link(database, world)
    with database.transaction() as session:
        invitations.accept(session, text, world.people["tina"])
    assert role_of(database, "tina", world.course_id) is CourseRole.STUDENT


def test_the_first_password_of_a_waiting_account_is_set_by_the_course_that_brought_it_in(
    database: Database, world: World
) -> None:
    with database.transaction() as session:
        enrol(session, world.course_id, person(session, "grace").id, CourseRole.STUDENT)
    text = link(database, world, login="grace")
    with database.transaction() as session:
        assert invitations.offer_of(session, text).sets_password
        invitations.accept_as_new(session, text, password=PASSWORD, name="Somebody Else")
    with database.reading() as session:
        found = accounts.check_password(session, "grace", PASSWORD)
        assert found is not None
        assert found.name == "Grace"


def test_staff_of_another_course_cannot_take_a_waiting_account_over(database: Database, world: World) -> None:
    other_id = other_course(database)
    text = link(database, world, login="ada", course_id=other_id)  # ada waits for a link of ml
    with database.reading() as session:
        assert not invitations.offer_of(session, text).sets_password
    with pytest.raises(Refused, match="log in") as refused, database.transaction() as session:
        invitations.accept_as_new(session, text, password=PASSWORD)
    assert refused.value.reason is Reason.CONFLICT
    with database.reading() as session:
        assert accounts.check_password(session, "ada", PASSWORD) is None


@pytest.mark.parametrize("login", ["root", "bob"])
def test_a_link_never_sets_the_password_of_an_administrator_or_one_that_is_set(
    database: Database, world: World, login: str
) -> None:
    with database.transaction() as session:
        accounts.set_password(session.get_one(Person, world.people["bob"]), PASSWORD)
    text = link(database, world, login=login)
    with pytest.raises(Refused), database.transaction() as session:
        invitations.accept_as_new(session, text, password="a password of mine")
    with database.reading() as session:
        assert accounts.check_password(session, login, "a password of mine") is None


def test_who_leaves_takes_their_open_links_with_them(database: Database, world: World) -> None:
    text = link(database, world, login="ada")
    with database.transaction() as session:
        members.end(session, world.course_id, world.people["ada"], actor_id=world.people["sam"])
    with pytest.raises(Refused), database.reading() as session:
        invitations.offer_of(session, text)


def test_a_section_of_another_course_is_refused(database: Database, world: World) -> None:
    with pytest.raises(Refused, match="no such section"):
        link(database, world, course_id=other_course(database), section_id=world.section_id)


def test_enrolments_stay_one_for_each_person_and_course(database: Database, world: World) -> None:
    texts = [link(database, world) for _ in range(8)]

    def use(text: str) -> None:
        with database.transaction() as session:
            invitations.accept(session, text, world.people["eve"])

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(use, texts))
    with database.reading() as session:
        rows = session.scalars(select(Enrolment).where(Enrolment.person_id == world.people["eve"])).all()
        assert len(rows) == 1
