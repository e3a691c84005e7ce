"""What a hostile student tries to read, and how it ends."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from grader.clock import utc_now
from grader.services.handing_in.submit import hand_in
from grader.services.people.tokens import create_token
from grader.store.courses import Assignment, AssignmentItem, Course
from grader.store.database import Database
from grader.store.words import CourseRole
from tests.web.api_world import BOTH, grade_next
from tests.web.question_world import NUMERIC, change, entered, open_site
from tests.world import HOUR, TENSOR_ADD, World, enrol

ITEM = "/c/ml/a/t3/tensor_add"


@dataclass(frozen=True)
class Site:
    app: Flask
    database: Database
    world: World


@pytest.fixture
def site(tmp_path: Path, sqlite_url: str) -> Iterator[Site]:
    app, database, world = open_site(tmp_path, sqlite_url)
    yield Site(app, database, world)
    database.close()


def graded(site: Site, login: str, item_id: int) -> int:
    with site.database.transaction() as session:
        handed = hand_in(session, person_id=site.world.people[login], item_id=item_id, source=b"x = 1\n")
    grade_next(site.database)
    return handed.submission_id


def token(site: Site, login: str) -> dict[str, str]:
    with site.database.transaction() as session:
        return {"Authorization": f"Bearer {create_token(session, site.world.people[login], 'x', BOTH)[1]}"}


def helps_elsewhere(site: Site, login: str, *questions: str) -> dict[str, int]:
    """Another course with the same questions, where the student is a teaching assistant; its items."""
    with site.database.transaction() as session:
        other = Course(slug="other", title="Other", term="2026", created_at=utc_now())
        session.add(other)
        session.flush()
        enrol(session, other.id, site.world.people[login], CourseRole.TA)
        enrol(session, other.id, site.world.people["eve"], CourseRole.STUDENT)
        task = Assignment(course_id=other.id, slug="a", title="A", created_at=utc_now(), is_visible=True)
        session.add(task)
        session.flush()
        items = {}
        for place, name in enumerate(questions):
            asked = session.get_one(AssignmentItem, site.world.item_ids[name]).question_id
            item = AssignmentItem(assignment_id=task.id, question_id=asked, slug=f"q{place}", position=place)
            session.add(item)
            session.flush()
            items[name] = item.id
        return items


@pytest.mark.parametrize("whose", ["ada", "eve"])
def test_helping_in_another_course_opens_no_hidden_case_of_a_question_that_is_asked_of_oneself(
    site: Site, whose: str
) -> None:
    items = helps_elsewhere(site, "ada", TENSOR_ADD)
    submission_id = graded(site, whose, items[TENSOR_ADD])
    ada, headers = entered(site.app, "ada"), token(site, "ada")
    page = ada.get(f"/submissions/{submission_id}/")
    assert page.status_code == 200
    state, events = (ada.get(f"/submissions/{submission_id}/{which}").text for which in ("state", "events"))
    told = ada.client.get(f"/api/v1/submissions/{submission_id}", headers=headers).text
    for text in (page.text, state, events, told):
        assert "hidden case" in text
        assert "4711 it is" not in text
    for hidden in (told, state):
        assert hidden.count("expected 4711") == 1  # of the public case
    sam = entered(site.app, "root").get(f"/submissions/{submission_id}/")
    assert "4711 it is" in sam.text


def test_helping_in_another_course_opens_no_key_of_a_written_question_that_is_asked_of_oneself(site: Site) -> None:
    helps_elsewhere(site, "ada", NUMERIC)
    ada = entered(site.app, "ada")
    sent = ada.post("/c/other/a/a/q0/answer", number="1")
    assert sent.status_code == 303
    own = ada.get(sent.headers["Location"]).text
    root = entered(site.app, "root").get(sent.headers["Location"]).text
    assert "The solution" in root
    assert "The solution" not in own


def test_attempts_burnt_in_one_assignment_do_not_buy_the_key_for_another(site: Site) -> None:
    change(site.database, site.world, attempts_allowed=1)
    with site.database.transaction() as session:
        again = Assignment(
            course_id=site.world.course_id, slug="again", title="Again", is_visible=True, created_at=utc_now()
        )
        session.add(again)
        session.flush()
        asked = session.get_one(AssignmentItem, site.world.item_ids[NUMERIC]).question_id
        session.add(AssignmentItem(assignment_id=again.id, question_id=asked, slug="q", position=0))
        again_id = again.id
    ada = entered(site.app, "ada")
    sent = ada.post(f"/c/ml/a/t3/{NUMERIC.rpartition('/')[2]}/answer", number="17")
    assert "The solution" not in ada.get(sent.headers["Location"]).text
    with site.database.transaction() as session:
        session.get_one(Assignment, again_id).closes_at = utc_now()
    assert "The solution" in ada.get(sent.headers["Location"]).text


def test_what_an_assignment_will_ask_cannot_be_found_out_before_it_opens(site: Site) -> None:
    change(site.database, site.world, opens_at=utc_now() + HOUR)
    ada, headers = entered(site.app, "ada"), token(site, "ada")
    listed = ada.client.get("/api/v1/questions", headers=headers)
    assert listed.json == {"questions": []}
    for action in ("", "history"):
        there, not_there = (ada.get(f"/c/ml/a/t3/{name}/{action}") for name in ("tensor_add", "no_such_question"))
        assert (there.status_code, not_there.status_code) == (403, 403)
        assert there.text.replace("tensor_add", "") == not_there.text.replace("no_such_question", "") or action == ""
    answers = {
        ada.client.post("/api/v1/submissions", json={"question": name, "source": "x = 1", **more}, headers=headers).text
        for name in ("tensor_add", "infr10086/tutorial3/tensor_add", "tensor_ad", "no_such_question")
        for more in ({}, {"assignment": "t3"})
    }
    assert len(answers) == 1
    teacher = ada.client.get("/api/v1/questions", headers=token(site, "tina"))
    assert teacher.json is not None
    assert len(teacher.json["questions"]) == 6


def test_a_question_of_two_assignments_is_not_told_to_be_in_the_one_that_opens_later(site: Site) -> None:
    with site.database.transaction() as session:
        later = Assignment(
            course_id=site.world.course_id,
            slug="exam",
            title="Exam",
            opens_at=utc_now() + HOUR,
            is_visible=True,
            created_at=utc_now(),
        )
        session.add(later)
        session.flush()
        asked = session.get_one(AssignmentItem, site.world.item_id).question_id
        session.add(AssignmentItem(assignment_id=later.id, question_id=asked, slug="q", position=0))
    answer = entered(site.app, "ada").client.post(
        "/api/v1/submissions", json={"question": "tensor_add", "source": "x = 1\n"}, headers=token(site, "ada")
    )
    assert answer.status_code == 202
    assert "exam" not in answer.text


def test_no_address_of_a_submission_answers_anybody_else(site: Site) -> None:
    submission_id = graded(site, "bob", site.world.item_id)
    own = graded(site, "ada", site.world.item_id)
    for login in ("ada", "eve"):
        visitor = entered(site.app, login)
        for path in (
            f"/submissions/{submission_id}/",
            f"/submissions/{submission_id}/state",
            f"/submissions/{submission_id}/events",
            f"/submissions/{submission_id}/source",
            f"/submissions/{submission_id}/diff/{own}",
            f"/submissions/{own}/diff/{submission_id}",
            f"/submissions/{submission_id}/diff/?after={own}&with={submission_id}",
            f"/api/v1/submissions/{submission_id}",
        ):
            assert visitor.get(path).status_code == 404, (login, path)
        assert visitor.post(f"/submissions/{submission_id}/rerun").status_code == 404
    ada = entered(site.app, "ada")
    assert "x = 1" not in ada.get(f"{ITEM}/?source={submission_id}").text
    assert ada.get(f"{ITEM}/history?person={site.world.people['bob']}").status_code == 403
    with site.database.reading() as session:
        assert session.scalars(select(Course)).first() is not None
