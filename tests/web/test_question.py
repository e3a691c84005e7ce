"""The question's page: what it shows, what it takes, and that nothing typed there is ever lost."""

from __future__ import annotations

import datetime as dt
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from grader.clock import utc_now
from grader.services.handing_in import drafts
from grader.store.database import Database
from grader.store.models import Draft, GradingRun, Submission
from grader.store.words import LateKind, Origin, Purpose
from tests.web.question_world import RIGHT, change, entered, open_site
from tests.web.visitor import Form, Visitor, form_to
from tests.world import HOUR, TENSOR_ADD, World

PAGE = "/c/ml/a/t3/tensor_add/"


@dataclass(frozen=True)
class Place:
    """The site and what is behind it."""

    app: Flask
    database: Database
    world: World


@pytest.fixture
def place(tmp_path: Path, sqlite_url: str) -> Iterator[Place]:
    made = Place(*open_site(tmp_path, sqlite_url, attempts_allowed=3))
    yield made
    made.database.close()


@pytest.fixture
def site(place: Place) -> Flask:
    return place.app


@pytest.fixture
def world(place: Place) -> World:
    return place.world


@pytest.fixture
def database(place: Place) -> Database:
    return place.database


@pytest.fixture
def ada(site: Flask) -> Visitor:
    return entered(site, "ada")


def work(page: TestResponse, path: str = PAGE, verb: str = "submit") -> Form:
    return form_to(page, f"{path}{verb}")


def submissions(database: Database) -> list[Submission]:
    with database.reading() as session:
        return list(session.scalars(select(Submission).order_by(Submission.id)))


def source_of(database: Database, submission_id: int) -> str:
    with database.reading() as session:
        return session.scalars(select(Submission.source).where(Submission.id == submission_id)).one().decode()


def notebook(*cells: str) -> bytes:
    return json.dumps({"cells": [{"cell_type": "code", "source": cell} for cell in cells], "nbformat": 4}).encode()


def put_draft(visitor: Visitor, source: object, revision: object, path: str = PAGE) -> TestResponse:
    return visitor.client.put(
        f"{path}draft",
        json={"source": source, "revision": revision},
        headers={"X-CSRFToken": visitor.token(), "Accept": "application/json"},
    )


def test_the_page_shows_statement_starter_cases_times_rules_and_attempts(ada: Visitor) -> None:
    page = ada.get(PAGE)
    assert page.status_code == 200
    text = page.text
    assert "<h1>Add two lists as tensors</h1>" in text
    assert text.count("Add two lists as tensors</h1>") == 1
    assert "def tensor_add(a, b):" in work(page).fields["source"]
    assert "the tutorial&#39;s two vectors" in text
    assert "<math" in text
    assert "3 of 3 attempts left" in text
    assert "You have 3 attempts" in text
    assert "(in 23 hours)" in text
    assert "GMT" in text or "BST" in text


def test_nothing_of_hidden_cases_is_on_the_page(ada: Visitor) -> None:
    for name in ("six numbers", "three levels deep", "a single row"):
        assert name not in ada.get(PAGE).text


def test_submitting_the_form_leads_to_the_result_and_uses_an_attempt(ada: Visitor, database: Database) -> None:
    sent = ada.send(work(ada.get(PAGE)), source=RIGHT.replace("\n", "\r\n"))
    [handed] = submissions(database)
    assert (sent.status_code, sent.location) == (303, f"/submissions/{handed.id}/")
    assert source_of(database, handed.id) == RIGHT
    assert (handed.purpose, handed.origin, handed.attempt) == (Purpose.SUBMIT, Origin.EDITOR, 1)
    page = ada.get(PAGE)
    assert "2 of 3 attempts left" in page.text
    assert work(page).fields["source"] == RIGHT


def test_checking_runs_the_visible_cases_and_uses_no_attempt(ada: Visitor, database: Database) -> None:
    page = ada.get(PAGE)
    fields = work(page).fields
    sent = ada.send(Form(f"{PAGE}precheck", "post", fields), source=RIGHT)
    assert sent.status_code == 303
    [handed] = submissions(database)
    assert (handed.purpose, handed.attempt) == (Purpose.PRECHECK, None)
    with database.reading() as session:
        assert session.scalars(select(GradingRun)).one().only_public
    assert "3 of 3 attempts left" in ada.get(PAGE).text


def test_a_script_is_told_the_result_s_address(ada: Visitor) -> None:
    fields = {**work(ada.get(PAGE)).fields, "source": RIGHT}
    sent = ada.client.post(f"{PAGE}precheck", data=fields, headers={"Accept": "application/json"})
    assert sent.status_code == 202
    assert sent.json is not None
    assert sent.json["url"] == f"/submissions/{sent.json['id']}/"
    refused = ada.client.post(f"{PAGE}precheck", data={**fields, "source": " "}, headers={"Accept": "application/json"})
    assert refused.status_code == 422
    assert refused.json is not None
    assert "empty" in refused.json["detail"]


def test_the_same_page_sent_twice_is_one_submission(ada: Visitor, database: Database) -> None:
    form = work(ada.get(PAGE))
    first, second = ada.send(form, source=RIGHT), ada.send(form, source=RIGHT)
    assert first.location == second.location
    assert len(submissions(database)) == 1


def test_a_text_changed_after_going_back_is_a_new_submission(ada: Visitor, database: Database) -> None:
    form = work(ada.get(PAGE))
    ada.send(form, source=RIGHT)
    ada.send(form, source=RIGHT + "\n# second thoughts\n")
    assert [handed.attempt for handed in submissions(database)] == [1, 2]


@pytest.mark.parametrize("typed", ["  \n", "x" * 300_000])
def test_a_refusal_says_why_and_keeps_what_was_typed(ada: Visitor, database: Database, typed: str) -> None:
    form = work(ada.get(PAGE))
    page = ada.send(form, source=typed)
    assert 400 <= page.status_code < 500
    assert "Not handed in" in page.text
    assert work(page).fields["source"] == typed
    assert work(page).fields["idempotency_key"] != form.fields["idempotency_key"]
    assert submissions(database) == []


def test_typed_text_survives_a_deadline_that_passes_meanwhile(ada: Visitor, database: Database, world: World) -> None:
    form = work(ada.get(PAGE))
    change(database, world, opens_at=utc_now() - 3 * HOUR, due_at=utc_now() - 2 * HOUR, closes_at=utc_now() - HOUR)
    page = ada.send(form, source="# hours of work\n")
    assert page.status_code == 403
    assert "is closed" in page.text
    assert work(page).fields["source"] == "# hours of work\n"
    assert submissions(database) == []


def test_with_no_attempts_left_one_can_still_check(ada: Visitor, database: Database) -> None:
    for number in range(3):
        ada.send(work(ada.get(PAGE)), source=f"{RIGHT}# {number}\n")
    page = ada.get(PAGE)
    assert 'id="submit"' not in page.text
    assert "All your attempts are used" in page.text
    fourth = ada.send(work(page), source=RIGHT)
    assert (fourth.status_code, work(fourth).fields["source"]) == (403, RIGHT)
    assert ada.send(Form(f"{PAGE}precheck", "post", work(page).fields), source=RIGHT).status_code == 303
    assert len(submissions(database)) == 4


def test_an_uploaded_file_goes_before_the_editor(ada: Visitor, database: Database) -> None:
    ada.send(work(ada.get(PAGE)), source="# editor", file=(io.BytesIO(RIGHT.encode()), "mine.py"))
    [handed] = submissions(database)
    assert source_of(database, handed.id) == RIGHT
    assert (handed.origin, handed.file_name) == (Origin.UPLOAD, "mine.py")


def test_a_notebook_is_reduced_to_what_the_entry_point_needs(ada: Visitor, database: Database) -> None:
    raw = notebook("%matplotlib inline\nimport torch", "print('data')", RIGHT.partition("\n")[2])
    ada.send(work(ada.get(PAGE)), file=(io.BytesIO(raw), "Tutorial 3.IPYNB"))
    [handed] = submissions(database)
    source = source_of(database, handed.id)
    assert "import torch" in source
    assert "print" not in source
    assert handed.origin is Origin.NOTEBOOK


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (notebook("def other(): pass"), "a.ipynb", "It defines other"),
        (b"{}", "a.ipynb", "no cells"),
        (b"\xff\xfe", "a.ipynb", "cannot be read as a notebook"),
        (b"PK", "a.docx", "Choose a Python file"),
        (b"\xff\xfex\0", "a.py", "UTF-16"),
        (b"#" * 300_000, "a.py", "larger than"),
        (b"", "a.py", "empty"),
    ],
)
def test_a_file_that_cannot_be_taken_is_refused_beside_the_text(
    ada: Visitor, database: Database, content: bytes, name: str, said: str
) -> None:
    page = ada.send(work(ada.get(PAGE)), source="# kept", file=(io.BytesIO(content), name))
    assert 400 <= page.status_code < 500
    assert said in page.text
    assert work(page).fields["source"] == "# kept"
    assert submissions(database) == []


def test_a_body_beyond_all_bounds_is_answered_with_the_bounds(ada: Visitor) -> None:
    page = ada.client.post(
        f"{PAGE}submit", data=b" " * (9 * 1024 * 1024), content_type="multipart/form-data; boundary=x"
    )
    assert page.status_code == 413
    assert "256 kB" in page.text
    assert "8 MB" in page.text


def test_a_draft_is_kept_and_comes_back_in_another_browser(site: Flask, ada: Visitor) -> None:
    kept = put_draft(ada, "# draft é\n", 0)
    assert kept.status_code == 200
    assert kept.json is not None
    assert kept.json["revision"] == 1
    elsewhere = entered(site, "ada")
    form = work(elsewhere.get(PAGE))
    assert (form.fields["source"], form.fields["revision"]) == ("# draft é\n", "1")
    bob = entered(site, "bob")
    assert "# draft é" not in bob.get(PAGE).text


def test_an_old_window_does_not_overwrite_a_newer_draft(ada: Visitor, database: Database) -> None:
    put_draft(ada, "first", 0)
    put_draft(ada, "newer", 1)
    conflict = put_draft(ada, "old window", 1)
    assert conflict.status_code == 409
    assert conflict.json is not None
    assert (conflict.json["source"], conflict.json["revision"]) == ("newer", 2)
    with database.reading() as session:
        assert session.scalars(select(Draft.source)).one() == "newer"


@pytest.mark.parametrize(
    ("source", "revision", "status"),
    [(1, 0, 422), ("x", "0", 422), ("x", -1, 422), ("x", True, 422), ("x" * 300_000, 0, 413), ("x\0", 0, 422)],
)
def test_a_draft_that_cannot_be_kept_is_refused(ada: Visitor, source: object, revision: object, status: int) -> None:
    answer = put_draft(ada, source, revision)
    assert answer.status_code == status
    assert answer.json is not None
    assert answer.json["detail"]


def test_a_draft_needs_the_token_of_the_page(ada: Visitor) -> None:
    answer = ada.client.put(f"{PAGE}draft", json={"source": "x", "revision": 0}, headers={"Accept": "application/json"})
    assert answer.status_code == 400


def test_submitting_keeps_the_text_as_draft_but_spares_a_newer_one(ada: Visitor, database: Database) -> None:
    form = work(ada.get(PAGE))
    put_draft(ada, "newer, in another window", 0)
    ada.send(form, source=RIGHT)
    with database.reading() as session:
        assert session.scalars(select(Draft.source)).one() == "newer, in another window"


def test_the_starter_and_the_last_submission_can_be_taken_without_scripts(ada: Visitor) -> None:
    starter = work(ada.get(PAGE)).fields["source"]
    ada.send(work(ada.get(PAGE)), source=RIGHT)
    put_draft(ada, "# something else", 1)
    assert work(ada.get(PAGE)).fields["source"] == "# something else"
    assert work(ada.get(f"{PAGE}?source=starter")).fields["source"] == starter
    assert work(ada.get(f"{PAGE}?source=last")).fields["source"] == RIGHT


def test_text_that_looks_like_markup_stays_text(ada: Visitor) -> None:
    bad = "</textarea><script>alert(1)</script>"
    put_draft(ada, bad, 0)
    page = ada.get(PAGE)
    assert "<script>alert" not in page.text
    assert work(page).fields["source"] == bad


def test_a_question_is_read_only_once_its_assignment_is_open(
    site: Flask, ada: Visitor, database: Database, world: World
) -> None:
    change(database, world, opens_at=utc_now() + HOUR)
    assert ada.get(PAGE).status_code == 403
    assert "def tensor_add" not in ada.get(PAGE).text
    assert put_draft(ada, "x", 0).status_code == 403
    tina = entered(site, "tina")
    assert tina.get(PAGE).status_code == 200


def test_an_assignment_that_only_staff_see_does_not_exist_for_others(
    site: Flask, ada: Visitor, database: Database, world: World
) -> None:
    change(database, world, is_visible=False)
    assert ada.get(PAGE).status_code == 404
    assert ada.post(f"{PAGE}submit", source=RIGHT).status_code == 404
    assert put_draft(ada, "x", 0).status_code == 404
    sam = entered(site, "sam")
    assert sam.get(PAGE).status_code == 200


@pytest.mark.parametrize("path", ["/c/ml/a/t3/nothing/", "/c/ml/a/t9/tensor_add/", "/c/other/a/t3/tensor_add/"])
def test_what_does_not_exist_is_not_found(ada: Visitor, path: str) -> None:
    assert ada.get(path).status_code == 404


def test_a_stranger_finds_no_question(site: Flask, world: World) -> None:
    eve = entered(site, "eve")
    assert eve.get(PAGE).status_code == 404
    assert eve.post(f"{PAGE}submit", source=RIGHT).status_code == 404


def test_a_number_is_answered_on_the_page(ada: Visitor, database: Database) -> None:
    path = "/c/ml/a/t3/what_are_the_parameters/"
    form = work(ada.get(path), path, "answer")
    refused = ada.send(form, number="eight")
    assert refused.status_code == 422
    assert work(refused, path, "answer").fields["number"] == "eight"
    sent = ada.send(form, number="8")
    assert sent.status_code == 303
    [handed] = submissions(database)
    assert source_of(database, handed.id) == "8"
    assert "Accepted" in ada.get(path).text


def test_a_choice_is_made_on_the_page(ada: Visitor, database: Database) -> None:
    path = "/c/ml/a/t3/linear_or_affine/"
    page = ada.get(path)
    names = re.findall(r'name="choices" value="([^"]+)"', page.text)
    assert len(names) > 2
    nothing = ada.send(work(page, path, "answer"), choices=[])
    assert nothing.status_code == 422
    assert ada.send(work(page, path, "answer"), choices=names[1]).status_code == 303
    assert f'value="{names[1]}" checked' in ada.get(path).text


def test_a_text_is_answered_on_the_page_and_awaits_marking(ada: Visitor) -> None:
    path = "/c/ml/a/t3/forgetting_zero_grad/"
    form = work(ada.get(path), path, "answer")
    too_long = ada.send(form, text="word " * 5_000)
    assert too_long.status_code == 422
    assert work(too_long, path, "answer").fields["text"].startswith("word word")
    assert ada.send(form, text="Gradients add up.").status_code == 303
    assert "Awaiting marking" in ada.get(path).text


def test_a_choice_and_its_reason_are_sent_together_and_nothing_typed_is_lost(ada: Visitor, database: Database) -> None:
    path = "/c/ml/a/t3/is_it_stochastic/"
    form = work(ada.get(path), path, "answer")
    refused = ada.send(form, choices=[], text="All samples, always.")
    assert refused.status_code == 422
    assert "Choose an answer first." in refused.text
    assert work(refused, path, "answer").fields["text"] == "All samples, always."
    without = ada.send(form, choices="deterministic", text="")
    assert (without.status_code, "Write why you chose it" in without.text) == (422, True)
    assert 'value="deterministic" checked' in without.text
    assert ada.send(form, choices="deterministic", text="All samples, always.").status_code == 303
    [handed] = submissions(database)
    assert source_of(database, handed.id) == "deterministic\n\nAll samples, always."
    page = ada.get(path)
    assert 'value="deterministic" checked' in page.text
    assert work(page, path, "answer").fields["text"] == "All samples, always."
    assert "Awaiting marking" in page.text


def test_a_program_is_not_taken_as_an_answer_nor_an_answer_as_a_program(ada: Visitor, database: Database) -> None:
    assert ada.post(f"{PAGE}answer", text="words").status_code == 422
    assert ada.post("/c/ml/a/t3/forgetting_zero_grad/submit", source=RIGHT).status_code == 422
    assert submissions(database) == []


def test_a_submission_is_in_time_when_its_request_arrived(ada: Visitor, database: Database) -> None:
    form = work(ada.get(PAGE))
    before = utc_now()
    ada.send(form, source=RIGHT)
    [handed] = submissions(database)
    assert before <= handed.submitted_at <= utc_now()


def test_every_page_load_has_a_key_of_its_own(ada: Visitor) -> None:
    keys = {work(ada.get(PAGE)).fields["idempotency_key"] for _ in range(3)}
    assert len(keys) == 3
    bad = Form(f"{PAGE}submit", "post", {**work(ada.get(PAGE)).fields, "idempotency_key": "\n" * 500})
    assert ada.send(bad, source=RIGHT).status_code == 303


def test_drafts_of_text_answers_come_back(ada: Visitor) -> None:
    path = "/c/ml/a/t3/forgetting_zero_grad/"
    put_draft(ada, "half a sen", 0, path)
    assert work(ada.get(path), path, "answer").fields["text"] == "half a sen"


def test_the_page_is_quick_with_many_submissions(ada: Visitor, database: Database, world: World) -> None:
    # Not a benchmark: it fails when work is done for every old submission.
    with database.transaction() as session:
        first = session.scalar(select(func.count()).select_from(Submission))
        assert first == 0
        drafts.save(session, world.item_id, world.people["ada"], RIGHT, 0, utc_now())
        for number in range(300):
            session.add(
                Submission(
                    course_id=world.course_id,
                    item_id=world.item_id,
                    person_id=world.people["ada"],
                    version_id=world.version_ids[TENSOR_ADD],
                    purpose=Purpose.PRECHECK,
                    origin=Origin.EDITOR,
                    source=RIGHT.encode(),
                    source_sha256=uuid4().hex * 2,
                    submitted_at=utc_now() - dt.timedelta(minutes=number),
                )
            )
    ada.get(PAGE)
    began = utc_now()
    ada.get(PAGE)
    assert (utc_now() - began).total_seconds() < 0.5


def test_before_handing_in_late_one_reads_what_it_costs(site: Flask, world: World, database: Database) -> None:
    page = entered(site, "ada").get(PAGE).text
    assert "The deadline has passed" not in page
    change(
        database, world, due_at=utc_now() - HOUR, closes_at=utc_now() + HOUR, late_kind=LateKind.FLAT, late_share=0.25
    )
    page = entered(site, "ada").get(PAGE).text
    assert "The deadline has passed: what you submit now counts 75 % of its score." in page
    change(database, world, late_kind=LateKind.ZERO)
    assert "gets feedback, but no points" in entered(site, "ada").get(PAGE).text


def test_a_closed_question_offers_nothing_that_would_be_refused(site: Flask, world: World, database: Database) -> None:
    change(database, world, due_at=utc_now() - HOUR, closes_at=utc_now() - HOUR)
    page = entered(site, "ada").get(PAGE).text
    assert "This assignment is closed." in page
    for offer in ('id="submit"', 'id="precheck"', 'type="file"'):
        assert offer not in page


def test_a_question_that_is_not_open_leads_to_its_assignment(site: Flask, world: World, database: Database) -> None:
    change(database, world, opens_at=utc_now() + HOUR)
    answer = entered(site, "ada").get(PAGE)
    assert answer.status_code == 403
    assert "<h1>Not open yet</h1>" in answer.text
    assert 'href="/c/ml/a/t3/"' in answer.text
