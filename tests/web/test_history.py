from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from grader.store.database import Database
from grader.store.models import Assignment
from grader.store.words import Purpose
from tests.web.really_graded import graded, logged_in, site
from tests.world import NEG_LOG_LIKELIHOOD, ROOT, TENSOR_ADD, World, make_world

RIGHT = (ROOT / "reference" / NEG_LOG_LIKELIHOOD / "solution.py").read_text("utf-8")
WRONG = RIGHT.replace("square()", "abs()")
HISTORY = "/c/ml/a/t3/neg_log_likelihood/history"


@pytest.fixture
def database(sqlite_url: str) -> Iterator[Database]:
    opened = Database(sqlite_url)
    yield opened
    opened.close()


@pytest.fixture
def world(database: Database) -> World:
    with database.transaction() as session:
        return make_world(session, attempts_allowed=5)


@pytest.fixture
def app(sqlite_url: str, world: World, tmp_path: Path) -> Flask:
    return site(sqlite_url, tmp_path)


def rows(text: str) -> list[str]:
    """The lines of the table, newest first, as text."""
    body = text.split("<tbody>")[1].split("</tbody>", maxsplit=1)[0]
    return [re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", row)).strip() for row in body.split("<tr>")[1:]]


def test_every_attempt_is_listed_and_the_one_that_counts_is_marked(
    app: Flask, database: Database, world: World
) -> None:
    graded(database, world, "ada", NEG_LOG_LIKELIHOOD, WRONG)
    graded(database, world, "ada", NEG_LOG_LIKELIHOOD, RIGHT)
    graded(database, world, "ada", NEG_LOG_LIKELIHOOD, WRONG + "\n")
    graded(database, world, "ada", NEG_LOG_LIKELIHOOD, RIGHT, Purpose.PRECHECK)
    text = logged_in(app, "ada").get(HISTORY).text
    third, second, first = rows(text)
    assert second.startswith("Attempt 2 Counts")
    assert "Accepted" in second
    assert "10 / 10" in second
    assert "Counts" not in first + third
    assert "3 of 5 attempts used" in text
    assert "1 precheck" in text


def test_with_nothing_handed_in_the_page_leads_to_the_question(app: Flask) -> None:
    assert "Nothing handed in yet" in logged_in(app, "ada").get(HISTORY).text


def test_the_attempts_of_others_are_for_those_who_teach(app: Flask, database: Database, world: World) -> None:
    graded(database, world, "ada", NEG_LOG_LIKELIHOOD, RIGHT)
    ada = f"{HISTORY}?person={world.people['ada']}"
    assert "Attempts of Ada" in logged_in(app, "tina").get(ada).text
    assert logged_in(app, "bob").get(ada).status_code == 403
    assert logged_in(app, "eve").get(ada).status_code == 404
    assert logged_in(app, "tina").get(f"{HISTORY}?person=999").status_code == 404
    assert logged_in(app, "tina").get(f"{HISTORY}?person=x").status_code == 404


def test_a_draft_assignment_has_no_history_for_students(app: Flask, database: Database, world: World) -> None:
    with database.transaction() as session:
        session.get_one(Assignment, world.assignment_id).is_visible = False
    assert logged_in(app, "ada").get(HISTORY).status_code == 404
    assert logged_in(app, "sam").get(HISTORY).status_code == 200


def test_what_changed_is_shown_from_the_older_to_the_newer_whichever_way_it_is_asked(
    app: Flask, database: Database, world: World
) -> None:
    old = graded(database, world, "ada", NEG_LOG_LIKELIHOOD, WRONG)
    new = graded(database, world, "ada", NEG_LOG_LIKELIHOOD, RIGHT)
    client = logged_in(app, "ada")
    one, other = (client.get(f"/submissions/{a}/diff/{b}").text for a, b in ((new, old), (old, new)))
    cells = r'<td class="(gone|come)"><code>(.*?)</code></td>'
    found = {(kind, re.sub(r"<[^>]+>", "", code)) for kind, code in re.findall(cells, one)}
    assert {kind for kind, _ in found} == {"gone", "come"}
    assert all(("abs()" in code) == (kind == "gone") for kind, code in found)
    assert re.findall(cells, one) == re.findall(cells, other)


def test_the_same_text_twice_differs_in_nothing(app: Flask, database: Database, world: World) -> None:
    old = graded(database, world, "ada", NEG_LOG_LIKELIHOOD, RIGHT)
    new = graded(database, world, "ada", NEG_LOG_LIKELIHOOD, RIGHT, Purpose.PRECHECK)
    assert "both are the same" in logged_in(app, "ada").get(f"/submissions/{new}/diff/{old}").text


def test_submissions_of_two_people_or_two_questions_are_not_compared(
    app: Flask, database: Database, world: World
) -> None:
    adas = graded(database, world, "ada", NEG_LOG_LIKELIHOOD, RIGHT)
    bobs = graded(database, world, "bob", NEG_LOG_LIKELIHOOD, WRONG)
    sums = graded(database, world, "ada", TENSOR_ADD, "def tensor_add(a, b):\n    return a + b\n")
    for login, one, other in (("ada", adas, bobs), ("bob", adas, bobs), ("tina", adas, bobs), ("ada", adas, sums)):
        assert logged_in(app, login).get(f"/submissions/{one}/diff/{other}").status_code == 404, (login, one, other)
    assert logged_in(app, "ada").get(f"/submissions/{adas}/diff/{adas}").status_code == 404


def test_the_form_leads_to_the_difference(app: Flask, database: Database, world: World) -> None:
    old = graded(database, world, "ada", NEG_LOG_LIKELIHOOD, WRONG)
    new = graded(database, world, "ada", NEG_LOG_LIKELIHOOD, RIGHT)
    client = logged_in(app, "ada")
    asked = client.get(f"/submissions/{new}/diff/?after={new}&with={old}")
    assert asked.headers["Location"] == f"/submissions/{new}/diff/{old}"
    assert client.get(f"/submissions/{new}/diff/?after={new}&with={new}").headers["Location"] == f"/submissions/{new}/"
    assert client.get(f"/submissions/{new}/diff/?with=https://example.org").status_code == 404
