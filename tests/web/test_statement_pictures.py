"""Pictures of statements: where they are served from, to whom, and what keeps a scripted one harmless."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from grader.services.questions.publish import publish
from grader.spec import load_question
from grader.store.database import Database
from grader.store.models import QuestionVersion
from tests.web.question_world import change, entered, open_site
from tests.world import HOUR, TENSOR_ADD, World, bank_question
from web.markdown import render

SCRIPTED = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
PNG = b"\x89PNG\r\n\x1a\n and so on"
PAGE = "/c/ml/a/t3/tensor_add/"
Site = tuple[Flask, Database, World]


@pytest.fixture
def site(tmp_path: Path, sqlite_url: str) -> Site:
    """tensor_add has its second version, with two pictures, one of which nobody should trust."""
    app, database, world = open_site(tmp_path, sqlite_url)
    publish_with(database, SCRIPTED)
    return app, database, world


def publish_with(database: Database, picture: bytes) -> None:
    files = bank_question(TENSOR_ADD).files
    statement = files["statement.md"] + b"\n![Two rows of\nnumbers](rows.svg)\n\n![a & b](photo.png)\n"
    with database.transaction() as session:
        drawn = {"statement.md": statement, "rows.svg": picture, "photo.png": PNG}
        publish(session, load_question({**files, **drawn}, TENSOR_ADD))


def pictures_of(page: TestResponse) -> list[str]:
    return re.findall(r'<img class="picture" src="([^"]*)"', page.text)


def bank_page(database: Database, world: World) -> str:
    with database.reading() as session:
        question_id = session.get_one(QuestionVersion, world.version_ids[TENSOR_ADD]).question_id
    return f"/c/ml/staff/questions/{question_id}/"


def test_a_question_shows_its_pictures_and_says_what_they_show(site: Site) -> None:
    ada = entered(site[0], "ada")
    page = ada.get(PAGE)
    assert pictures_of(page) == [f"{PAGE}pictures/2/rows.svg", f"{PAGE}pictures/2/photo.png"]
    assert 'alt="Two rows of numbers"' in page.text
    assert 'alt="a &amp; b"' in page.text
    assert [ada.get(address).data for address in pictures_of(page)] == [SCRIPTED, PNG]


def test_a_picture_runs_nothing_and_is_kept_for_good(site: Site) -> None:
    ada = entered(site[0], "ada")
    for address, kind in zip(pictures_of(ada.get(PAGE)), ("image/svg+xml", "image/png"), strict=True):
        headers = ada.get(address).headers
        assert headers["Content-Type"].split(";")[0] == kind
        policy = headers["Content-Security-Policy"].split("; ")
        assert {"default-src 'none'", "style-src 'unsafe-inline'", "sandbox"} <= set(policy)
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cache-Control"] == "private, max-age=31536000, immutable"
        assert "Set-Cookie" not in headers


def test_nothing_but_the_pictures_is_served_there(site: Site) -> None:
    ada = entered(site[0], "ada")
    for name in ("cases.py", "question.toml", "reference/solution.py", "..%2Fquestion.toml", "other.svg", "rows.SVG"):
        assert ada.get(f"{PAGE}pictures/2/{name}").status_code == 404, name


def test_students_see_the_pictures_of_the_live_version_and_staff_those_of_all(site: Site) -> None:
    app, database, world = site
    publish_with(database, SCRIPTED.replace(b"alert(1)", b""))
    ada, sam = entered(app, "ada"), entered(app, "sam")
    assert ada.get(f"{PAGE}pictures/2/rows.svg").status_code == 404
    assert b"alert" not in ada.get(f"{PAGE}pictures/3/rows.svg").data
    older = pictures_of(sam.get(f"{bank_page(database, world)}?version=2"))
    assert older == [f"{bank_page(database, world)}versions/2/{name}" for name in ("rows.svg", "photo.png")]
    assert sam.get(older[0]).data == SCRIPTED
    assert sam.get(older[0].replace("/2/", "/1/")).status_code == 404  # that version had none
    assert sam.get(older[0].replace("/2/", "/9/")).status_code == 404


def test_pictures_of_an_assignment_that_is_not_open_are_as_hidden_as_its_questions(site: Site) -> None:
    app, database, world = site
    with database.reading() as session:
        opened = session.get_one(QuestionVersion, world.version_ids[TENSOR_ADD]).published_at
    change(database, world, opens_at=opened + 5 * HOUR, due_at=None, closes_at=None)
    ada, sam = entered(app, "ada"), entered(app, "sam")
    picture = f"{PAGE}pictures/2/rows.svg"
    assert ada.get(picture).status_code == ada.get(PAGE).status_code
    assert ada.get(picture).data != SCRIPTED
    assert sam.get(picture).data == SCRIPTED


@pytest.mark.parametrize(
    "text",
    [
        "![told](https://elsewhere.example/a.png)",
        "![told](//elsewhere.example/a.svg)",
        "![told](../a.svg)",
        "![told](/a.svg)",
        "![told](data:image/svg+xml,x)",
        "![told](a.svg?x)",
        "![told][ref]\n\n[ref]: https://elsewhere.example/a.png",
    ],
)
def test_no_other_picture_is_loaded(text: str) -> None:
    page = str(render(text, "/pictures/"))
    assert "<img" not in page
    assert "told" in page


def test_what_a_picture_shows_cannot_break_out_of_its_description() -> None:
    page = str(render('![a "onload=alert(1) <b>](a.svg)', "/pictures/"))
    assert '<img class="picture" src="/pictures/a.svg" alt="a &#34;onload=alert(1) &lt;b&gt;" decoding="async">' in page


def test_text_that_has_no_pictures_of_its_own_shows_none() -> None:
    assert "<img" not in str(render("![told](a.svg)"))
