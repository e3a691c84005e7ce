"""My courses, a course, an assignment: what is due, what is done, and what is not there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from grader.clock import utc_now
from grader.services.handing_in.submit import hand_in
from grader.store.database import Database
from grader.store.models import Assignment, Course, Enrolment, GradingRun, Person, Question
from grader.store.words import LateKind, RunState
from grader.vocab import Verdict
from tests.web.question_world import RIGHT, change, entered, open_site
from tests.world import HOUR, TENSOR_ADD, World
from web.times import full, relative, zone


@pytest.fixture
def place(tmp_path: Path, sqlite_url: str) -> Iterator[tuple[Flask, Database, World]]:
    made = open_site(tmp_path, sqlite_url, attempts_allowed=3, late_kind=LateKind.FLAT, late_share=0.25)
    yield made
    made[1].close()


def test_my_courses_name_what_is_due_next(place: tuple[Flask, Database, World]) -> None:
    page = entered(place[0], "ada").get("/").text
    assert "Machine Learning" in page
    assert "Due next" in page
    assert "Tutorial 3" in page
    assert "(in 23 hours)" in page


def test_somebody_without_courses_reads_what_to_do(place: tuple[Flask, Database, World]) -> None:
    page = entered(place[0], "eve").get("/").text
    assert "You are in no course yet" in page
    assert "Machine Learning" not in page


def test_an_administrator_finds_every_course(place: tuple[Flask, Database, World]) -> None:
    assert "Machine Learning" in entered(place[0], "root").get("/").text


def test_who_has_left_a_course_does_not_find_it(place: tuple[Flask, Database, World]) -> None:
    app, database, world = place
    with database.transaction() as session:
        session.query(Enrolment).filter_by(person_id=world.people["ada"]).one().ended_at = utc_now()
    ada = entered(app, "ada")
    assert "Machine Learning" not in ada.get("/").text
    assert ada.get("/c/ml/").status_code == 404
    assert ada.get("/c/ml/a/t3/").status_code == 404


def test_nobody_in_particular_is_sent_to_the_login(place: tuple[Flask, Database, World]) -> None:
    answer = place[0].test_client().get("/", headers={"Accept": "text/html"})
    assert (answer.status_code, answer.location) == (303, "/login")


def test_an_assignment_shows_each_question_s_state_and_the_sums(place: tuple[Flask, Database, World]) -> None:
    app, database, world = place
    with database.transaction() as session:
        handed = hand_in(session, person_id=world.people["ada"], item_id=world.item_id, source=RIGHT.encode())
        run = session.get_one(GradingRun, handed.run_id)
        run.state, run.verdict, run.score, run.max_score = RunState.FINISHED, Verdict.ACCEPTED, 10.0, 10.0
    ada = entered(app, "ada")
    page = ada.get("/c/ml/a/t3/").text
    assert "Solved" in page
    assert "1 of 3" in page
    assert page.count("Not attempted") == 5
    assert "<strong>10</strong> / 10" in page
    assert "for 75 % of the score" in page
    course = ada.get("/c/ml/").text
    assert "1 of 6 attempted" in course
    assert "Due " in course


@pytest.mark.parametrize(
    ("opens_h", "due_h", "closes_h", "said"),
    [(1, 2, 3, "Not open yet"), (-1, 2, 3, "Due "), (-2, -1, 3, "Open, late"), (-3, -2, -1, "Closed")],
)
def test_the_state_of_an_assignment_is_said_in_words(
    place: tuple[Flask, Database, World], opens_h: int, due_h: int, closes_h: int, said: str
) -> None:
    app, database, world = place
    now = utc_now()
    change(database, world, opens_at=now + opens_h * HOUR, due_at=now + due_h * HOUR, closes_at=now + closes_h * HOUR)
    ada = entered(app, "ada")
    assert said in ada.get("/c/ml/").text
    assert said.strip() in ada.get("/c/ml/a/t3/").text


def test_questions_are_not_named_before_the_assignment_opens(place: tuple[Flask, Database, World]) -> None:
    app, database, world = place
    change(database, world, opens_at=utc_now() + HOUR)
    assert "Add two lists" not in entered(app, "ada").get("/c/ml/a/t3/").text
    assert "Add two lists" in entered(app, "tina").get("/c/ml/a/t3/").text


def test_drafts_of_assignments_are_shown_to_staff_only(place: tuple[Flask, Database, World]) -> None:
    app, database, world = place
    change(database, world, is_visible=False)
    for login in ("ada", "tina"):
        somebody = entered(app, login)
        assert "Tutorial 3" not in somebody.get("/c/ml/").text
        assert somebody.get("/c/ml/a/t3/").status_code == 404
        assert "There are no assignments yet" in somebody.get("/c/ml/").text
    sam = entered(app, "sam")
    assert "Draft" in sam.get("/c/ml/").text
    assert sam.get("/c/ml/a/t3/").status_code == 200


def test_the_header_shows_the_ways_that_one_may_go(place: tuple[Flask, Database, World]) -> None:
    ways = {login: entered(place[0], login).get("/c/ml/").text for login in ("ada", "tina", "sam")}
    assert "/c/ml/ta/" not in ways["ada"]
    assert "/c/ml/staff/" not in ways["ada"]
    assert 'href="/c/ml/ta/"' in ways["tina"]
    assert "/c/ml/staff/assignments/" not in ways["tina"]
    assert 'href="/c/ml/staff/assignments/"' in ways["sam"]
    for page in ways.values():
        assert 'action="/logout"' in page
        assert 'href="#content"' in page


def test_times_are_the_person_s_own_else_the_course_s(place: tuple[Flask, Database, World]) -> None:
    app, database, world = place
    change(database, world, due_at=dt.datetime(2099, 7, 1, 12, 0, tzinfo=dt.UTC), closes_at=None)
    ada = entered(app, "ada")
    assert "Wed 1 Jul 2099, 13:00 BST" in ada.get("/c/ml/a/t3/").text
    assert "13:00 BST" in ada.get("/").text
    with database.transaction() as session:
        session.get_one(Person, world.people["ada"]).time_zone = "Asia/Tokyo"
    assert "Wed 1 Jul 2099, 21:00 JST" in ada.get("/c/ml/a/t3/").text


def test_distances_in_time_are_said_in_words() -> None:
    now = dt.datetime(2026, 11, 21, 12, 0, tzinfo=dt.UTC)
    said = {hours: relative(now + hours * HOUR, now) for hours in (72, 25, 1, 0.5, 0.001, 0, -1, -49)}
    assert list(said.values()) == [
        "in 3 days",
        "in 1 day",
        "in 1 hour",
        "in 30 minutes",
        "in less than a minute",
        "just now",
        "1 hour ago",
        "2 days ago",
    ]


def test_an_unknown_time_zone_is_utc() -> None:
    at = dt.datetime(2026, 11, 21, 12, 0, tzinfo=dt.UTC)
    assert full(at, zone("Nowhere/Atlantis")) == "Sat 21 Nov 2026, 12:00 UTC"
    assert zone("../../etc/passwd") is dt.UTC


def test_an_archived_course_stands_last(place: tuple[Flask, Database, World]) -> None:
    app, database, world = place
    with database.transaction() as session:
        old = Course(slug="old", title="A course of last year", created_at=utc_now(), archived_at=utc_now())
        session.add(old)
        session.flush()
        session.add(Enrolment(course_id=old.id, person_id=world.people["ada"], role="student", created_at=utc_now()))
    page = entered(app, "ada").get("/").text
    assert page.index("Machine Learning") < page.index("A course of last year")


def test_an_intro_is_markdown(place: tuple[Flask, Database, World]) -> None:
    app, database, world = place
    change(database, world, intro="Read *this*: $x^2$ <script>alert(1)</script>")
    page = entered(app, "ada").get("/c/ml/a/t3/").text
    assert "<em>this</em>" in page
    assert "<msup>" in page
    assert "<script>alert" not in page


def test_a_question_taken_back_is_not_offered(place: tuple[Flask, Database, World]) -> None:
    app, database, _ = place
    with database.transaction() as session:
        session.query(Question).filter_by(name=TENSOR_ADD).one().live_version_id = None
    ada = entered(app, "ada")
    assert "not published yet" in ada.get("/c/ml/a/t3/").text
    answer = ada.get("/c/ml/a/t3/tensor_add/")
    assert answer.status_code == 404
    assert "not published yet" in answer.text


def test_static_files_are_kept_by_browsers_only_under_their_digest(place: tuple[Flask, Database, World]) -> None:
    client = place[0].test_client()
    with client.get("/static/site.css?v=1") as answer:
        assert "immutable" in answer.headers["Cache-Control"]
    with client.get("/static/site.css") as answer:
        assert "immutable" not in answer.headers["Cache-Control"]
    assert "no-store" in entered(place[0], "ada").get("/").headers["Cache-Control"]


def test_what_is_open_stands_before_what_is_closed(place: tuple[Flask, Database, World]) -> None:
    app, database, world = place
    with database.transaction() as session:
        first = session.get_one(Assignment, world.assignment_id)
        session.add(
            Assignment(
                course_id=first.course_id,
                slug="t0",
                title="Tutorial 0",
                created_at=utc_now() - 72 * HOUR,
                position=-1,
                opens_at=utc_now() - 48 * HOUR,
                due_at=utc_now() - 24 * HOUR,
                closes_at=utc_now() - 24 * HOUR,
                is_visible=True,
            )
        )
    page = entered(app, "ada").get("/c/ml/").text.split("<main")[1]
    places = [page.index(mark) for mark in (">Open</h2>", '"stretched" href="/c/ml/a/t3/', ">Closed</h2>", "/a/t0/")]
    assert places == sorted(places)


def test_a_page_of_no_course_has_the_zone_of_the_person_s_courses(place: tuple[Flask, Database, World]) -> None:
    app, database, _world = place
    with database.transaction() as session:
        session.query(Course).one().time_zone = "Europe/London"
    assert "Times are in Europe/London." in entered(app, "ada").get("/account").text
    assert "Times are in UTC." in entered(app, "eve").get("/account").text


def test_a_defect_has_a_page_that_says_nothing_of_the_code(place: tuple[Flask, Database, World]) -> None:
    app = place[0]

    def break_down() -> str:
        raise RuntimeError("secret detail")

    app.view_functions["auth.account"] = break_down
    app.testing = False
    app.config["PROPAGATE_EXCEPTIONS"] = False
    answer = entered(app, "ada").get("/account")
    assert answer.status_code == 500
    assert "Something went wrong on our side" in answer.text
    assert "To the start page" in answer.text
    assert "secret detail" not in answer.text
    assert "RuntimeError" not in answer.text
