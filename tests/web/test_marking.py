from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from grader.services.written import hand_in_answer
from grader.store.database import Database
from grader.store.models import WrittenAnswer
from tests.web.question_world import NUMERIC, TEXT, entered, open_site
from tests.web.test_submission_page import words
from tests.web.visitor import Form, forms_of
from tests.world import World

Site = tuple[Flask, Database, World]


@pytest.fixture
def site(tmp_path: Path, sqlite_url: str) -> Site:
    return open_site(tmp_path, sqlite_url)


def answered(site: Site, login: str, question: str = TEXT, **answer: object) -> int:
    _, database, world = site
    with database.transaction() as session:
        return hand_in_answer(
            session,
            person_id=world.people[login],
            item_id=world.item_ids[question],
            answer=answer or {"text": f"{login} says they pile up."},
        ).submission_id


def marking_forms(page: TestResponse) -> list[Form]:
    assert page.status_code in {200, 422}
    return [form for form in forms_of(page) if form.action.endswith("/mark")]


def test_a_ta_marks_from_the_page_and_the_student_reads_points_and_comment(site: Site) -> None:
    submission_id = answered(site, "ada")
    tina, ada = entered(site[0], "tina"), entered(site[0], "ada")
    page = tina.get(f"/submissions/{submission_id}/")
    assert "What the marks are for" in page.text, "the rubric stands beside the form"
    (form,) = marking_forms(page)
    answer = tina.send(form, points="2,5", comment="<b>Why</b>?\r\nSay more.")
    assert (answer.status_code, answer.location) == (303, f"/submissions/{submission_id}/")
    text = words(tina.get(f"/submissions/{submission_id}/").text)
    assert "Marked by Tina" in text
    read = ada.get(f"/submissions/{submission_id}/")
    assert "Marked Your answer has been read and marked. 2.5 / 4" in words(read.text)
    assert "&lt;b&gt;Why&lt;/b&gt;?\nSay more." in read.text
    assert marking_forms(read) == []


def test_marking_again_starts_from_what_was_given_and_replaces_it(site: Site) -> None:
    submission_id = answered(site, "ada")
    tina = entered(site[0], "tina")
    for points, comment in (("1", "First."), ("3.5", "Second.")):
        (form,) = marking_forms(tina.get(f"/submissions/{submission_id}/"))
        assert tina.send(form, points=points, comment=comment).status_code == 303
    page = tina.get(f"/submissions/{submission_id}/")
    (form,) = marking_forms(page)
    assert form.fields["points"] == "3.5"
    assert "Mark again" in page.text
    assert "First." not in page.text


@pytest.mark.parametrize("points", ["", "five", "4.01", "-1", "nan", "inf"])
def test_points_that_cannot_be_given_leave_what_was_typed_on_the_page(site: Site, points: str) -> None:
    submission_id = answered(site, "ada")
    tina = entered(site[0], "tina")
    (form,) = marking_forms(tina.get(f"/submissions/{submission_id}/"))
    refused = tina.send(form, points=points, comment="Long thoughts about this.")
    assert refused.status_code == 422
    assert "Points are a number from 0 to 4." in refused.text
    assert "Long thoughts about this." in refused.text
    (form,) = marking_forms(refused)
    assert form.fields.get("points", "") == points
    with site[1].reading() as session:
        assert session.get_one(WrittenAnswer, submission_id).points is None


def test_students_may_not_mark_and_for_strangers_there_is_nothing(site: Site) -> None:
    submission_id = answered(site, "ada")
    for login, status in (("ada", 403), ("bob", 404), ("eve", 404)):
        answer = entered(site[0], login).post(f"/submissions/{submission_id}/mark", points="4", comment="")
        assert answer.status_code == status, login
    assert entered(site[0], "tina").post(f"/submissions/{submission_id}/mark", token="", points="4").status_code == 400
    with site[1].reading() as session:
        assert session.get_one(WrittenAnswer, submission_id).points is None


def test_what_the_key_decides_has_no_form_and_is_refused(site: Site) -> None:
    submission_id = answered(site, "ada", NUMERIC, number="6")
    tina = entered(site[0], "tina")
    assert marking_forms(tina.get(f"/submissions/{submission_id}/")) == []
    answer = tina.post(f"/submissions/{submission_id}/mark", points="1", comment="")
    assert answer.status_code == 422
    assert "Only answers in words" in answer.text


def test_from_the_course_to_the_first_that_waits_and_on_to_the_next(site: Site) -> None:
    first, second = answered(site, "ada"), answered(site, "bob")
    tina = entered(site[0], "tina")
    course = tina.get("/c/ml/ta/").text
    assert f'<a href="/submissions/{first}/#marking">2 written answers to mark</a>' in course
    assert tina.post(f"/submissions/{first}/mark", points="4", comment="").status_code == 303
    page = tina.get(f"/submissions/{first}/").text
    assert f'href="/submissions/{second}/#marking">Next one waiting' in page
    assert tina.post(f"/submissions/{second}/mark", points="0", comment="").status_code == 303
    assert "No other answer to this question waits." in tina.get(f"/submissions/{second}/").text
    assert "Nothing waits for you" in words(tina.get("/c/ml/ta/").text)
