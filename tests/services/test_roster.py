from __future__ import annotations

import csv
import io
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from grader.clock import utc_now
from grader.services.access import enrolment_of
from grader.services.csv_sheet import MAX_BYTES, text_of
from grader.services.people import accounts, invitations, members, roster
from grader.services.people.roster import Applied, Kind, Link, RosterPlan
from grader.services.people.roster_file import read_sheet
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


def _id_of(session: Session, login: str | None) -> int | None:
    return session.scalars(select(Person.id).where(Person.login == login)).one_or_none()


def planned(database: Database, world: World, text: str, actor: str | None = "sam") -> RosterPlan:
    with database.reading() as session:
        return roster.plan(session, world.course_id, text, actor_id=_id_of(session, actor))


def applied(
    database: Database, world: World, text: str, *, end_missing: bool = False, actor: str | None = "sam"
) -> Applied:
    shown = planned(database, world, text, actor)
    with database.transaction() as session:
        return roster.apply(session, shown, _id_of(session, actor), end_missing=end_missing)


def people_of(database: Database, world: World) -> dict[str, tuple[str, str, str | None]]:
    """Login → name, role and section of everybody who is in the course now."""
    with database.reading() as session:
        return {
            row.person.login: (row.person.name, row.enrolment.role.value, row.section.name if row.section else None)
            for row in members.members(session, world.course_id)
            if row.enrolment.ended_at is None
        }


WHOLE = """login,name,email,section,role
ada,Ada Lovelace,ada@example.org,A,
grace,Grace Hopper,grace@example.org,B,student
eve,Eve E.,,,ta
"""


def test_a_dry_run_names_everything_and_changes_nothing(database: Database, world: World) -> None:
    before = people_of(database, world)
    shown = planned(database, world, WHOLE)
    assert [(entry.login, entry.kind) for entry in shown.entries] == [
        ("ada", Kind.CHANGED),
        ("grace", Kind.NEW_PERSON),
        ("eve", Kind.NEW_ENROLMENT),
    ]
    changes = [(change.field, change.old, change.new) for change in shown.entries[0].changes]
    assert changes == [("name", "Ada", "Ada Lovelace"), ("email", "", "ada@example.org")]
    assert shown.new_sections == ("B",)
    assert [gone.login for gone in shown.missing] == ["bob"]
    assert not shown.problems
    assert people_of(database, world) == before
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(AuditEvent)) == 0


def test_applying_does_what_the_dry_run_showed(database: Database, world: World) -> None:
    done = applied(database, world, WHOLE)
    assert people_of(database, world) == {
        "ada": ("Ada Lovelace", "student", "A"),
        "bob": ("Bob", "student", None),
        "eve": ("Eve E.", "ta", None),
        "grace": ("Grace Hopper", "student", "B"),
        "tina": ("Tina", "ta", None),
        "sam": ("Sam", "staff", None),
    }
    assert [(link.login, link.email) for link in done.links] == [("grace", "grace@example.org")]
    assert done.ended == 0
    assert planned(database, world, WHOLE).changes_nothing
    assert applied(database, world, WHOLE).links == ()


def test_new_people_have_no_password_but_a_link_each(database: Database, world: World) -> None:
    (link,) = applied(database, world, WHOLE).links
    with database.reading() as session:
        found = accounts.person_with_login(session, "grace")
        assert found is not None
        assert found.password_hash is None
    with database.transaction() as session:
        invitations.accept_as_new(session, link.token, password=PASSWORD)
    with database.reading() as session:
        assert accounts.check_password(session, "grace", PASSWORD) is not None
    assert people_of(database, world)["grace"] == ("Grace Hopper", "student", "B")


def test_students_whom_the_file_misses_leave_only_when_asked_and_tas_and_staff_never(
    database: Database, world: World
) -> None:
    text = "login,name\nada,Ada\n"
    assert applied(database, world, text).ended == 0
    assert "bob" in people_of(database, world)
    assert applied(database, world, text, end_missing=True).ended == 1
    assert set(people_of(database, world)) == {"ada", "tina", "sam"}
    with database.reading() as session:
        enrolment = session.scalars(select(Enrolment).where(Enrolment.person_id == world.people["bob"])).one()
        assert enrolment.ended_at is not None


def test_who_left_comes_back_with_the_next_file(database: Database, world: World) -> None:
    applied(database, world, "login\nada\n", end_missing=True)
    shown = planned(database, world, "login,section\nada,A\nbob,A\n")
    assert [entry.kind for entry in shown.entries] == [Kind.UNCHANGED, Kind.BACK]
    applied(database, world, "login,section\nada,A\nbob,A\n")
    assert people_of(database, world)["bob"] == ("Bob", "student", "A")


def test_a_roster_changed_meanwhile_is_a_conflict_and_nothing_is_done(database: Database, world: World) -> None:
    shown = planned(database, world, WHOLE)
    with database.transaction() as session:
        enrol(session, world.course_id, person(session, "new").id, CourseRole.STUDENT)
    before = people_of(database, world)
    with pytest.raises(Refused, match="changed since") as refused, database.transaction() as session:
        roster.apply(session, shown, world.people["sam"])
    assert refused.value.reason is Reason.CONFLICT
    assert people_of(database, world) == before


def test_what_was_not_shown_is_not_applied(database: Database, world: World) -> None:
    shown = planned(database, world, WHOLE)
    forged = replace(shown, text=WHOLE.replace("eve,Eve E.,,,ta", "eve,Eve E.,,,staff"))
    with pytest.raises(Refused), database.transaction() as session:
        roster.apply(session, forged, world.people["sam"])
    assert "eve" not in people_of(database, world)


def test_two_who_apply_the_same_file_at_once_make_everybody_once(database: Database, world: World) -> None:
    shown = planned(database, world, WHOLE)

    def apply(_number: int) -> int:
        try:
            with database.transaction() as session:
                return len(roster.apply(session, shown, world.people["sam"]).links)
        except Refused as refusal:
            return 0 if refusal.reason is Reason.CONFLICT else 100

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(apply, range(6))) == 1
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Invitation)) == 1


def test_nobody_takes_their_own_staff_role_away_by_a_file(database: Database, world: World) -> None:
    with database.transaction() as session:
        enrol(session, world.course_id, person(session, "sue").id, CourseRole.STAFF)
    shown = planned(database, world, "login,role\nsam,student\n")
    assert [(problem.line, "your own staff role" in problem.text) for problem in shown.problems] == [(2, True)]
    with pytest.raises(Refused), database.transaction() as session:
        roster.apply(session, shown, world.people["sam"])
    applied(database, world, "login,role\nsam,student\n", actor="sue")
    assert people_of(database, world)["sam"][1] == "student"


def test_the_last_member_of_staff_stays(database: Database, world: World) -> None:
    shown = planned(database, world, "login,role\nsam,ta\n", actor="root")
    assert ["without staff" in problem.text for problem in shown.problems] == [True]
    handed_over = "login,role\nsam,ta\ntina,staff\n"
    applied(database, world, handed_over, actor="root")
    assert people_of(database, world)["tina"][1] == "staff"
    tina = world.people["tina"]
    with pytest.raises(Refused, match="last member of staff"), database.transaction() as session:
        members.end(session, world.course_id, tina, actor_id=None)
    with pytest.raises(Refused, match="last member of staff"), database.transaction() as session:
        members.change(session, world.course_id, tina, role=CourseRole.TA, section_id=None, actor_id=None)


def test_staff_cannot_end_or_demote_themselves_one_by_one_either(database: Database, world: World) -> None:
    sam = world.people["sam"]
    with database.transaction() as session:
        enrol(session, world.course_id, person(session, "sue").id, CourseRole.STAFF)
    with pytest.raises(Refused, match="somebody else"), database.transaction() as session:
        members.end(session, world.course_id, sam, actor_id=sam)
    with pytest.raises(Refused, match="somebody else"), database.transaction() as session:
        members.change(session, world.course_id, sam, role=CourseRole.TA, section_id=None, actor_id=sam)


def test_of_two_staff_who_end_each_other_at_once_one_stays(database: Database, world: World) -> None:
    with database.transaction() as session:
        sue = person(session, "sue").id
        enrol(session, world.course_id, sue, CourseRole.STAFF)
    sam = world.people["sam"]

    def end(pair: tuple[int, int]) -> None:
        try:
            with database.transaction() as session:
                members.end(session, world.course_id, pair[0], actor_id=pair[1])
        except Refused:
            pass

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(end, [(sam, sue), (sue, sam)]))
    assert [role for _, role, _ in people_of(database, world).values()].count("staff") == 1


def test_another_course_cannot_rename_people_it_did_not_bring_in(database: Database, world: World) -> None:
    with database.transaction() as session:
        other = Course(slug="other", title="Other", created_at=utc_now())
        session.add(other)
        session.flush()
        other_id = other.id
    text = "login,name,email\nada,Somebody,evil@example.org\nroot,Toor,evil@example.org\n"
    with database.transaction() as session:
        shown = roster.plan(session, other_id, text)
        assert all("stay as they are" in entry.note for entry in shown.entries)
        assert not any(entry.changes for entry in shown.entries)
        roster.apply(session, shown, None)
        ada, root = (session.get_one(Person, world.people[login]) for login in ("ada", "root"))
        assert (ada.name, ada.email, root.name) == ("Ada", None, "Root")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (",Nobody,,,", "A login"),
        ("a b,Name,,,", "A login"),
        ("new,,,,", "needs a name"),
        ("new,Name,not-an-address,,", "e-mail"),
        ("new,Name,,,professor", "is no role"),
        ("new,Name,,A,student,more", "6 cells"),
        ("new,Na\x07me,,,", "control characters"),
        (f"new,{'x' * 201},,,", "at most 200"),
        (f"new,Name,,{'x' * 101},", "at most 100"),
        ("ADA,Name,,,", "line 2 already"),
        ('new,"Name,,,', "CSV"),
    ],
)
def test_a_line_that_cannot_be_taken_is_named_and_stops_the_whole_file(
    database: Database, world: World, line: str, reason: str
) -> None:
    text = f"login,name,email,section,role\nada,Ada,,A,\n{line}\n"
    shown = planned(database, world, text)
    assert [(problem.line, reason in problem.text) for problem in shown.problems] == [(3, True)], shown.problems
    with pytest.raises(Refused, match="lines"), database.transaction() as session:
        roster.apply(session, shown, world.people["sam"])


@pytest.mark.parametrize(
    "raw",
    [
        b"\xef\xbb\xbflogin,name\r\nada,Ada\r\n",
        b"login;name\nada;Ada\n",
        b"Login\tName\nada\tAda",
        b"sep=;\r\nlogin;name\r\nada;Ada\r\n",
        "login,name\nada,Ada\n".encode("utf-16"),
        b"\n\nlogin,name\n\nada,Ada\n,\n\n",
        b"login,name\rada,Ada\r",
        b'"login","name"\n"ada","Ada"\n',
        b"name, login \n Ada , ADA \n",
    ],
)
def test_files_of_every_spreadsheet_are_read_alike(raw: bytes) -> None:
    sheet = read_sheet(text_of(raw))
    assert [(row.login, row.name) for row in sheet.rows] == [("ada", "Ada")]
    assert not sheet.problems


def test_lines_are_counted_as_an_editor_shows_them(database: Database, world: World) -> None:
    text = 'sep=,\nlogin,name\n\nnew,"two\nlines"\nbad one,X\n'
    shown = planned(database, world, text)
    assert [entry.line for entry in shown.entries] == [4]
    assert [problem.line for problem in shown.problems] == [6]


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", Reason.EMPTY),
        (b"  \n ", Reason.EMPTY),
        (b"name,email\nAda,x\n", Reason.INVALID),
        (b"login,login\nada,ada\n", Reason.INVALID),
        ("login,name\nada,Zoë\n".encode("latin-1"), Reason.NOT_TEXT),
        (b"login\n" + b"x" * MAX_BYTES, Reason.TOO_LARGE),
        (b"PK\x03\x04 a spreadsheet\xff\xfe", Reason.NOT_TEXT),
    ],
)
def test_what_is_no_roster_is_refused_with_advice(raw: bytes, reason: Reason) -> None:
    with pytest.raises(Refused) as refused:
        read_sheet(text_of(raw))
    assert refused.value.reason is reason


def test_other_columns_are_left_out_with_a_note(database: Database, world: World) -> None:
    shown = planned(database, world, "login,matriculation,,name\nada,123,x,Ada\n")
    assert shown.notes == ("Columns that are not used: matriculation, (without a name).",)
    assert shown.changes_nothing


def test_a_missing_column_changes_nothing_and_an_empty_section_means_none(database: Database, world: World) -> None:
    assert planned(database, world, "login\nada\ntina\nsam\n").changes_nothing
    applied(database, world, "login,section\nada,\n")
    assert people_of(database, world)["ada"] == ("Ada", "student", None)


def test_cells_that_look_like_formulas_stay_text_and_come_out_harmless(database: Database, world: World) -> None:
    text = 'login,name,section\ngrace,"=HYPERLINK(""http://x"")",+1\n'
    (link,) = applied(database, world, text).links
    assert people_of(database, world)["grace"] == ('=HYPERLINK("http://x")', "student", "+1")
    written = list(csv.reader(io.StringIO(roster.links_csv([(link, "https://grader.example/invite/x")]))))
    assert written[1] == ["grace", '\'=HYPERLINK("http://x")', "", "https://grader.example/invite/x"]


def test_every_act_is_on_record(database: Database, world: World) -> None:
    applied(database, world, WHOLE, end_missing=True)
    sam = world.people["sam"]
    with database.transaction() as session:
        members.change(session, world.course_id, world.people["ada"], role=CourseRole.TA, section_id=None, actor_id=sam)
        members.end(session, world.course_id, world.people["ada"], actor_id=sam)
        section = members.add_section(session, world.course_id, "C", actor_id=sam)
        members.rename_section(session, world.course_id, section.id, "D", actor_id=sam)
        members.remove_section(session, world.course_id, section.id, actor_id=sam)
    with database.reading() as session:
        events = session.scalars(select(AuditEvent).order_by(AuditEvent.id)).all()
        assert [event.act for event in events] == [
            "invitation.created",
            "roster.applied",
            "roster.changed",
            "roster.ended",
            "section.created",
            "section.renamed",
            "section.removed",
        ]
        assert {(event.actor_id, event.course_id) for event in events} == {(sam, world.course_id)}
        detail = events[1].detail
        assert detail["ended"] == ["bob"]
        assert detail["changed"]["ada"] == [
            "changed",
            ["name", "Ada", "Ada Lovelace"],
            ["email", "", "ada@example.org"],
        ]
        assert events[2].detail["before"]["role"] == "student"
        assert events[2].detail["after"]["role"] == "ta"


def test_sections_have_names_of_their_own_and_go_only_when_nothing_refers_to_them(
    database: Database, world: World
) -> None:
    with database.transaction() as session:
        with pytest.raises(Refused, match="already"):
            members.add_section(session, world.course_id, " A ", actor_id=None)
        with pytest.raises(Refused, match="in use"):
            members.remove_section(session, world.course_id, world.section_id, actor_id=None)
        other = Course(slug="other", title="Other", created_at=utc_now())
        session.add(other)
        session.flush()
        foreign = members.add_section(session, other.id, "A", actor_id=None)
        with pytest.raises(Refused, match="no such section"):
            members.remove_section(session, world.course_id, foreign.id, actor_id=None)
        with pytest.raises(Refused, match="no such section"):
            members.change(
                session,
                world.course_id,
                world.people["bob"],
                role=CourseRole.STUDENT,
                section_id=foreign.id,
                actor_id=None,
            )


def test_staff_give_a_forgotten_password_back_only_where_the_account_is_their_courses_alone(
    database: Database, world: World
) -> None:
    ada, sam = world.people["ada"], world.people["sam"]
    with database.transaction() as session:
        accounts.set_password(session.get_one(Person, ada), PASSWORD)
        before = session.get_one(Person, ada).session_key
        token = members.password_link(session, world.course_id, ada, actor_id=sam)
        assert session.get_one(Person, ada).session_key != before
        assert accounts.check_password(session, "ada", PASSWORD) is None
        invitations.accept_as_new(session, token, password="a new password")
        assert accounts.check_password(session, "ada", "a new password") is not None
    with database.transaction() as session:
        other = Course(slug="other", title="Other", created_at=utc_now())
        session.add(other)
        session.flush()
        enrol(session, other.id, ada, CourseRole.STUDENT)
        enrol(session, world.course_id, world.people["root"], CourseRole.STUDENT)
        session.flush()
        for login in ("ada", "root"):
            with pytest.raises(Refused, match="not this course's alone"):
                members.password_link(session, world.course_id, world.people[login], actor_id=sam)
        with pytest.raises(Refused, match="nobody like that"):
            members.password_link(session, world.course_id, world.people["eve"], actor_id=sam)
        assert enrolment_of(session, ada, world.course_id) is not None


@given(st.text(max_size=300))
def test_any_text_is_a_sheet_or_refused_and_no_line_is_taken_twice(text: str) -> None:
    try:
        sheet = read_sheet("login,name\n" + text)
    except Refused:
        return
    lines = [row.line for row in sheet.rows] + [problem.line for problem in sheet.problems]
    assert len(set(lines)) == len(lines)
    assert len({row.login for row in sheet.rows}) == len(sheet.rows)


def test_a_thousand_people_are_imported_with_a_link_each(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    with database.transaction() as session:
        world = make_world(session, questions=())
    text = "login,name,section\n" + "".join(f"s{n},Student {n},{n % 20}\n" for n in range(1000))
    done = applied(database, world, text)
    assert len({link.token for link in done.links}) == 1000
    assert isinstance(done.links[0], Link)
    assert len(people_of(database, world)) == 1004
    database.close()
