from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from flask import Flask
from sqlalchemy import select

from grader.services.people import members
from grader.store.database import Database
from grader.store.models import AuditEvent, Section
from tests.passwords import PASSWORD, cheap_passwords
from tests.web.visitor import Visitor, form_to, forms_of, populated, site_of
from tests.world import World

__all__ = ["cheap_passwords"]

ROSTER = "/c/ml/staff/roster/"
IMPORT = "/c/ml/staff/roster/import"
APPLY = "/c/ml/staff/roster/import/apply"
FILE = 'login;name;section\r\nada;Ada Lovelace;A\r\ngrace;"=HYPERLINK(""http://evil"")";B\r\nlise;<b>Lise</b>;B\r\n'


@pytest.fixture
def app(tmp_path: Path, sqlite_url: str) -> Flask:
    return site_of(tmp_path, sqlite_url, site_url="http://grader.example")


@pytest.fixture
def world(app: Flask) -> World:
    return populated(app, questions=())


@pytest.fixture
def sam(app: Flask, world: World) -> Visitor:
    visitor = Visitor(app)
    visitor.log_in("sam")
    return visitor


def logins(app: Flask, world: World) -> set[str]:
    database: Database = app.extensions["grader.database"]
    with database.reading() as session:
        rows = members.members(session, world.course_id)
        return {row.person.login for row in rows if row.enrolment.ended_at is None}


def test_a_file_is_shown_then_applied_and_its_links_let_people_in(app: Flask, world: World, sam: Visitor) -> None:
    file = (io.BytesIO(b"\xef\xbb\xbf" + FILE.encode()), "roster.csv")
    shown = sam.post(IMPORT, file=file)
    assert shown.status_code == 200
    assert "2 new, 0 joining, 1 changed, 0 unchanged" in shown.text
    assert "<b>Lise" not in shown.text
    assert "New sections: B" in shown.text
    assert "grace" not in logins(app, world)

    done = sam.send(form_to(shown, APPLY))
    assert done.status_code == 200
    assert done.headers["Cache-Control"] == "no-store"
    assert {"grace", "lise", "bob"} <= logins(app, world)
    found = re.search(r'href="data:text/csv;charset=utf-8,([^"]+)" download="ml-links.csv"', done.text)
    assert found is not None
    rows = list(csv.DictReader(io.StringIO(unquote(found[1]))))
    assert [row["login"] for row in rows] == ["grace", "lise"]
    assert rows[0]["name"].startswith("'=")
    assert rows[1]["link"].startswith("http://grader.example/invite/")
    assert rows[1]["link"] not in sam.get(ROSTER).text

    path = rows[1]["link"].removeprefix("http://grader.example")
    lise = Visitor(app)
    joined = lise.send(form_to(lise.get(path), path), password=PASSWORD, password_again=PASSWORD)
    assert joined.location == "/c/ml/"
    assert Visitor(app).log_in("lise").status_code == 303


def test_students_whom_the_file_misses_leave_only_when_ticked(app: Flask, world: World, sam: Visitor) -> None:
    form = form_to(sam.post(IMPORT, text="login\nada\n"), APPLY)
    assert sam.send(form, end_missing="on").location == ROSTER
    assert logins(app, world) == {"ada", "tina", "sam"}


def test_a_dry_run_that_is_out_of_date_is_not_applied(app: Flask, world: World, sam: Visitor) -> None:
    form = form_to(sam.post(IMPORT, text=FILE), APPLY)
    database: Database = app.extensions["grader.database"]
    with database.transaction() as session:
        session.add(Section(course_id=world.course_id, name="B"))
    for typed in ({}, {"digest": ""}, {"text": FILE + "eve;Eve;B\r\n"}):
        assert sam.send(form, **typed).location == IMPORT
        assert "changed since you looked" in sam.get(IMPORT).text
    assert logins(app, world) == {"ada", "bob", "tina", "sam"}


def test_lines_that_cannot_be_taken_are_named_and_nothing_can_be_applied(
    app: Flask, world: World, sam: Visitor
) -> None:
    shown = sam.post(IMPORT, text="login,name\nsam,Sam\na b,<i>x</i>\n")
    assert "<strong>Line 3:</strong>" in shown.text
    assert not [form for form in forms_of(shown) if form.action == APPLY]
    for nothing in ({}, {"text": "  "}, {"text": "name\nx\n"}, {"file": (io.BytesIO(b"PK\xff\xfe\x00"), "r.xlsx")}):
        assert sam.post(IMPORT, **nothing).location == IMPORT
        assert 'class="notice bad"' in sam.get(IMPORT).text


def test_a_ta_sees_the_roster_and_no_way_to_change_it(app: Flask, world: World) -> None:
    tina = Visitor(app)
    tina.log_in("tina")
    page = tina.get(ROSTER)
    assert "Ada" in page.text
    assert {form.action for form in forms_of(page) if form.method == "post"} == {"/logout"}


def test_one_person_is_found_changed_taken_out_and_brought_back(app: Flask, world: World, sam: Visitor) -> None:
    page = sam.get(f"{ROSTER}?q=ADA")
    assert ("ada" in page.text, ">bob<" in page.text) == (True, False)
    assert "Nobody found" in sam.get(f"{ROSTER}?q=zzz").text
    assert sam.get(f"{ROSTER}?section={world.section_id}").status_code == 200
    assert sam.get(f"{ROSTER}?section=x").status_code == 200
    ada = f"{ROSTER}people/{world.people['ada']}/"
    assert sam.post(ada, role="ta", section_id="").location == ada
    assert '<option value="ta" selected>' in sam.get(ada).text
    for wrong in ({"role": "king"}, {"role": "ta", "section_id": "x"}, {"role": "ta", "section_id": "9" * 30}):
        assert sam.post(ada, **wrong).location == ada
        assert 'class="notice bad"' in sam.get(ada).text
    assert sam.post(f"{ada}end").location == ROSTER
    assert "ada" not in logins(app, world)
    assert sam.post(ada, role="student", section_id=str(world.section_id)).location == ada
    assert "ada" in logins(app, world)


def test_staff_cannot_take_themselves_out(app: Flask, world: World, sam: Visitor) -> None:
    own = f"{ROSTER}people/{world.people['sam']}/"
    assert sam.post(f"{own}end").location == own
    assert "somebody else of the staff" in sam.get(own).text
    assert sam.get(ROSTER).status_code == 200


def test_a_link_for_one_person_is_shown_once_and_ends_the_old_password(app: Flask, world: World, sam: Visitor) -> None:
    ada = Visitor(app)
    ada.log_in("ada")
    page = sam.post(f"{ROSTER}people/{world.people['ada']}/link")
    found = re.search(r"http://grader\.example(/invite/[\w-]+)", page.text)
    assert found is not None
    assert not ada.is_in()
    assert ada.log_in("ada").status_code == 401
    form = form_to(ada.get(found[1]), found[1])
    assert ada.send(form, password="a better password", password_again="a better password").status_code == 303
    assert ada.is_in()
    assert ada.log_in("ada", "a better password").status_code == 303


def test_an_invitation_is_made_and_revoked_on_the_page(app: Flask, world: World, sam: Visitor) -> None:
    made = sam.post(f"{ROSTER}invitations", role="ta", login="Grace", days="7")
    found = re.search(r"http://grader\.example(/invite/[\w-]+)", made.text)
    assert found is not None
    assert Visitor(app).get(found[1]).status_code == 200
    page = sam.get(ROSTER)
    assert found[1] not in page.text
    (revoke,) = [form for form in forms_of(page) if form.action.endswith("/revoke")]
    assert sam.send(revoke).location == ROSTER
    assert Visitor(app).get(found[1]).status_code == 404
    for wrong in (
        {"role": "ta", "days": "9999"},
        {"role": "", "days": "7"},
        {"role": "ta", "login": "a b", "days": "7"},
    ):
        assert sam.post(f"{ROSTER}invitations", **wrong).location == ROSTER
    assert not [form for form in forms_of(sam.get(ROSTER)) if form.action.endswith("/revoke")]


def test_sections_are_added_renamed_and_removed(app: Flask, world: World, sam: Visitor) -> None:
    for name in ("B", "B"):
        assert sam.post(f"{ROSTER}sections", name=name).location == ROSTER
    page = sam.get(ROSTER)
    assert "There is a section B already" in page.text
    (form,) = [form for form in forms_of(page) if form.fields.get("name") == "B"]
    sam.send(form, name="C")
    assert "The section is renamed." in sam.get(ROSTER).text
    sam.send(form, remove="1")
    assert "The section is removed." in sam.get(ROSTER).text
    (used,) = [form for form in forms_of(sam.get(ROSTER)) if form.fields.get("name") == "A"]
    sam.send(used, remove="1")
    assert "Rename it instead" in sam.get(ROSTER).text
    database: Database = app.extensions["grader.database"]
    with database.reading() as session:
        acts = session.scalars(select(AuditEvent.act).order_by(AuditEvent.id)).all()
    assert acts == ["section.created", "section.renamed", "section.removed"]
