from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from grader.clock import utc_now
from grader.services.handing_in.written import hand_in_answer
from grader.services.marking.marking import mark
from grader.store.database import Database
from grader.store.models import WrittenAnswer
from tests.web.really_graded import logged_in, site
from tests.web.test_submission_page import words
from tests.world import World, make_world

COUNT = "infr10086/tutorial3/what_are_the_parameters"
CHOICE = "infr10086/tutorial3/linear_or_affine"
TEXT = "infr10086/tutorial3/forgetting_zero_grad"
WITH_REASON = "infr10086/tutorial3/is_it_stochastic"


@pytest.fixture
def database(sqlite_url: str) -> Iterator[Database]:
    opened = Database(sqlite_url)
    yield opened
    opened.close()


@pytest.fixture
def world(database: Database) -> World:
    with database.transaction() as session:
        return make_world(session, (COUNT, CHOICE, TEXT, WITH_REASON), attempts_allowed=2)


@pytest.fixture
def app(sqlite_url: str, world: World, tmp_path: Path) -> Flask:
    return site(sqlite_url, tmp_path)


def answered(database: Database, world: World, question: str, answer: dict[str, object]) -> int:
    with database.transaction() as session:
        return hand_in_answer(
            session, person_id=world.people["ada"], item_id=world.item_ids[question], answer=answer
        ).submission_id


def said(app: Flask, login: str, submission_id: int) -> str:
    response = logged_in(app, login).get(f"/submissions/{submission_id}/")
    assert response.status_code == 200
    return words(response.text)


def test_a_wrong_number_is_told_what_to_think_about_and_not_the_right_one(
    app: Flask, database: Database, world: World
) -> None:
    text = said(app, "ada", answered(database, world, COUNT, {"number": "6"}))
    assert "Not right yet" in text
    assert "That is the weight alone." in text
    assert "6 numbers" in text
    assert "The solution" not in text
    assert "Cases" not in text


def test_the_solution_is_shown_once_nothing_can_be_gained_by_it(app: Flask, database: Database, world: World) -> None:
    answered(database, world, COUNT, {"number": "6"})
    text = said(app, "ada", answered(database, world, COUNT, {"number": "8"}))
    assert "Right Your answer is right." in text
    assert "The solution 8 numbers" in text


def test_a_choice_is_shown_among_the_others_and_which_is_right_only_at_the_end(
    app: Flask, database: Database, world: World
) -> None:
    first = said(app, "ada", answered(database, world, CHOICE, {"choices": ["linear"]}))
    assert first.count("chosen") == 1
    assert "A linear map sends it to zero." in first, "why what was chosen is wrong"
    assert "The gap is −b" not in first, "which one is right"
    last = said(app, "ada", answered(database, world, CHOICE, {"choices": ["affine"]}))
    assert "chosen Right The gap is −b" in last


def test_a_text_waits_for_a_marker_and_then_shows_points_and_comment(
    app: Flask, database: Database, world: World
) -> None:
    submission_id = answered(database, world, TEXT, {"text": "The <b>gradients</b>\nadd up."})
    text = said(app, "ada", submission_id)
    assert "Handed in Somebody of the teaching team will read and mark your answer." in text
    assert "&lt;b&gt;gradients" in text
    assert "The solution" not in text
    assert "The solution" in said(app, "tina", submission_id)
    with database.transaction() as session:
        answer = session.get_one(WrittenAnswer, submission_id)
        answer.points, answer.marked_at, answer.comment = 3.0, utc_now(), "Why does that matter?"
    marked = said(app, "ada", submission_id)
    assert "Marked Your answer has been read and marked. 3 / 4" in marked
    assert "Why does that matter?" in marked


def test_a_choice_says_at_once_whether_it_is_right_and_that_its_reason_awaits_marking(
    app: Flask, database: Database, world: World
) -> None:
    answer: dict[str, object] = {"choices": ["stochastic"], "text": "It is <i>called</i> SGD."}
    wrong = said(app, "ada", answered(database, world, WITH_REASON, answer))
    assert "The choice is not right The reason awaits marking" in wrong
    assert "0 / 1 for the choice" in wrong
    assert "Look for chance inside the loop" in wrong
    submission_id = answered(database, world, WITH_REASON, {**answer, "choices": ["deterministic"]})
    right = said(app, "ada", submission_id)
    assert "The choice is right" in right
    assert "1 / 1 for the choice" in right
    assert "Your reason It is &lt;i&gt;called&lt;/i&gt; SGD. The reason awaits marking." in right
    assert "The solution" not in right
    assert "takes the gradient over all samples" not in right
    tina = said(app, "tina", submission_id)
    assert "Mark this answer" in tina
    assert "1 / 1 for the choice" in tina
    marking = logged_in(app, "tina").get(f"/submissions/{submission_id}/mark", follow_redirects=True).text
    assert 'name="points"' in marking
    assert "of 2" in words(marking)


def test_a_marked_reason_shows_its_points_beside_those_of_the_choice(
    app: Flask, database: Database, world: World
) -> None:
    submission_id = answered(database, world, WITH_REASON, {"choices": ["deterministic"], "text": "All of them."})
    tina = logged_in(app, "tina")
    with database.transaction() as session:
        mark(session, submission_id, marker_id=world.people["tina"], points=1.5, comment="And?", now=utc_now())
    text = said(app, "ada", submission_id)
    assert "Marked Your answer has been read and marked. 2.5 / 3" in text
    assert "1 / 1 for the choice" in text
    assert "1.5 / 2 for the reason" in text
    page = tina.get(f"/submissions/{submission_id}/mark", follow_redirects=True).text
    assert 'name="points"' in page
    assert 'value="1.5"' in page, "marking again starts from the points of the reason"
