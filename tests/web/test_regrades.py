"""Regrades, copies and archives on their pages: what staff decide, and what students may see of it."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from flask import Flask

from grader.clock import utc_now
from grader.services.grading.runs import finish
from grader.services.regrades import regrade_steps
from grader.store.database import Database
from grader.store.models import Assignment, AssignmentItem, Course, Enrolment, Person, Submission
from grader.store.words import CourseRole, RegradeState
from tests.services.handing import claimed, graded, report_of
from tests.services.test_regrades import second_version, state_of, version_two
from tests.web.visitor import Visitor, form_to, populated, site_of
from tests.world import World

REASON = "=wrong <script>alert(1)</script>"
PAGE = "/c/ml/staff/regrades/1/"


@pytest.fixture
def app(sqlite_url: str, tmp_path: Path) -> Flask:
    """The site."""
    return site_of(tmp_path, sqlite_url)


@pytest.fixture
def database(app: Flask) -> Database:
    """Its database."""
    opened: Database = app.extensions["grader.database"]
    return opened


@pytest.fixture
def world(app: Flask, database: Database) -> World:
    """ada has 4 points and a name that a spreadsheet would run; version 2 is there and not live."""
    made = populated(app)
    with database.transaction() as session:
        second_version(session)
        session.get_one(Person, made.people["ada"]).name = "=1+1"
    graded(database, made, "ada", 4.0)
    return made


def visitor(app: Flask, login: str) -> Visitor:
    """Logged in."""
    opened = Visitor(app)
    opened.log_in(login)
    return opened


def stepped(database: Database) -> None:
    """What the worker's sweep does."""
    for _ in range(20):
        with database.transaction() as session:
            if not regrade_steps.step(session, utc_now()):
                return


def graded_in_shadow(app: Flask, database: Database, world: World) -> Visitor:
    """sam begins it through the form, and a worker grades it."""
    staff = visitor(app, "sam")
    form = form_to(staff.get(f"/c/ml/staff/regrades/new?item={world.item_id}"), "/c/ml/staff/regrades/new")
    with database.reading() as session:
        version = version_two(session).id
    answer = staff.send(form, version=str(version), scope="counting", reason=REASON)
    assert answer.headers["Location"] == PAGE
    assert "0 of 1 graded a second time" in staff.get(PAGE).text
    stepped(database)
    taken = claimed(database)
    with database.transaction() as session:
        assert finish(session, taken, report_of(9.0), image=None, now=utc_now())
    stepped(database)
    return staff


def test_staff_decide_in_numbers_and_the_student_reads_why(app: Flask, database: Database, world: World) -> None:
    staff, student, other = graded_in_shadow(app, database, world), visitor(app, "ada"), visitor(app, "bob")
    with database.reading() as session:
        given = session.query(Submission).one()
        address = f"/submissions/{given.id}/"
        before, after = (f"{address}runs/{run.id}/" for run in given.runs)
    assert student.get(after).status_code == 404, "a shadow is for staff only"
    assert staff.get(after).status_code == 200
    assert "graded again" not in student.get(address).text

    question = staff.get(f"{PAGE}decide?how=all")
    assert "The grade of 1 student goes up, of 0 students down." in question.text
    assert staff.send(form_to(question, f"{PAGE}decide")).status_code == 303
    stepped(database)
    assert state_of(database, 1) is RegradeState.APPLIED

    page = student.get(address).text
    assert "This was graded again" in page
    assert "from <strong>4 of 10 points</strong> to <strong>9 of 10 points</strong>" in page
    assert "<script>alert" not in page
    assert "=wrong &lt;script&gt;" in page
    assert "This is an earlier result" in student.get(before).text
    assert "This attempt counts" not in student.get(before).text
    assert student.get(after).headers["Location"] == address
    assert "Graded again" in student.get("/c/ml/a/t3/tensor_add/history").text
    assert [other.get(path).status_code for path in (address, before, after)] == [404, 404, 404]


def test_a_question_asked_twice_is_answered_once(app: Flask, database: Database, world: World) -> None:
    staff = graded_in_shadow(app, database, world)
    form = form_to(staff.get(f"{PAGE}decide?how=upwards"), f"{PAGE}decide")
    staff.send(form)
    staff.send(form)
    assert "It is being applied already" in staff.get(PAGE).text


def test_the_table_for_a_spreadsheet_holds_no_formula(app: Flask, database: Database, world: World) -> None:
    staff = graded_in_shadow(app, database, world)
    head, line = csv.reader(io.StringIO(staff.get(f"{PAGE}regrade.csv").text))
    row = dict(zip(head, line, strict=True))
    assert (row["name"], row["login"], row["move"]) == ("'=1+1", "ada", "up")
    assert (row["points before"], row["points after"], row["applied"]) == ("4", "9", "no")
    assert row["now right"] == ""


def test_a_second_regrade_of_the_question_is_refused_on_its_form(app: Flask, database: Database, world: World) -> None:
    staff = graded_in_shadow(app, database, world)
    form = form_to(staff.get(f"/c/ml/staff/regrades/new?item={world.item_id}"), "/c/ml/staff/regrades/new")
    with database.reading() as session:
        version = str(version_two(session).id)
    again = staff.send(form, version=version, scope="all", reason="why not")
    assert again.status_code == 409
    assert "is not decided yet" in again.text
    assert "why not" in again.text, "what was typed is kept"


def test_a_course_leaves_by_its_page_and_comes_back_by_the_administrators(app: Flask, world: World) -> None:
    staff, root = visitor(app, "sam"), visitor(app, "root")
    answer = staff.send(form_to(staff.get("/c/ml/staff/copy"), "/c/ml/staff/archive"))
    assert answer.mimetype == "application/zip"
    archive = answer.data
    answer.close()
    form = form_to(root.get("/import-course"), "/import-course")

    def file() -> tuple[io.BytesIO, str]:
        return io.BytesIO(archive), "ml.zip"

    taken = root.send(form, file=file(), slug="ml")
    assert taken.status_code == 409
    assert "There is a course ml already" in taken.text
    assert "with the login" in root.send(form, file=file(), slug="again").text
    assert root.send(form, file=(io.BytesIO(b"x"), "ml.zip"), slug="again").status_code == 422
    assert root.get("/c/again/").status_code == 404
    made = root.send(form, file=file(), slug="again", match_people="on")
    assert made.status_code == 303, made.text
    assert made.headers["Location"] == "/c/again/"
    assert visitor(app, "sam").get("/c/again/staff/assignments/").status_code == 200
    assert visitor(app, "eve").get("/c/again/").status_code == 404


def test_whoever_is_asked_a_question_elsewhere_cannot_export_its_solution(
    app: Flask, database: Database, world: World
) -> None:
    staff = visitor(app, "sam")
    staff.send(form_to(staff.get("/c/ml/staff/copy"), "/c/ml/staff/copy"), slug="next", title="Next")
    with database.transaction() as session:
        course = session.query(Course).filter_by(slug="next").one()
        session.query(Enrolment).filter_by(course_id=course.id).update({"role": CourseRole.STUDENT})
        session.query(Assignment).filter_by(course_id=course.id).update({"is_visible": True})
    refused = staff.send(form_to(staff.get("/c/ml/staff/copy"), "/c/ml/staff/archive"))
    assert refused.status_code == 303
    assert "asked one of these questions as a student elsewhere" in staff.get("/c/ml/staff/copy").text


def test_from_a_question_its_form_is_next_with_the_version_that_was_looked_at(app: Flask, world: World) -> None:
    staff = visitor(app, "sam")
    with app.extensions["grader.database"].reading() as session:
        question_id = session.get_one(AssignmentItem, world.item_id).question_id
    page = staff.get(f"/c/ml/staff/regrades/new?question={question_id}&version=1").text
    chosen = re.search(r'<option value="\d+" selected[^>]*>\s*version (\d)', page)
    assert chosen is not None
    assert chosen.group(1) == "1"
    assert "Which question?" in staff.get("/c/ml/staff/regrades/new?question=999&version=1").text
