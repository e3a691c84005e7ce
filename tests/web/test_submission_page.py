from __future__ import annotations

import datetime as dt
import re
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from grader.clock import utc_now
from grader.services.grading.runs import claim, fail
from grader.store.database import Database
from grader.store.models import GradingRun
from grader.store.words import Device, Purpose, RunState
from tests.web.really_graded import finished, graded, hand, judged, logged_in, sample, site
from tests.world import HOUR, NEG_LOG_LIKELIHOOD, ROOT, TENSOR_ADD, World, make_world

LOGISTIC = "comp90051/workshop6/logistic_regression"
SHARED = "comp0087/pytorch_intro/shared_product"
RIGHT = (ROOT / "reference" / NEG_LOG_LIKELIHOOD / "solution.py").read_text("utf-8")
WRONG = """import math


def neg_log_likelihood(samples, mu, var_):
    n, d = samples.shape
    return d / 2 * math.log(2 * math.pi * var_) + ((samples - mu) ** 2).sum() / (2 * var_)
"""
RAISES = (
    "def helper(x):\n    return x.nope()\n\n\ndef neg_log_likelihood(samples, mu, var_):\n    return helper(samples)\n"
)


@pytest.fixture
def database(sqlite_url: str) -> Iterator[Database]:
    opened = Database(sqlite_url)
    yield opened
    opened.close()


@pytest.fixture
def world(database: Database) -> World:
    with database.transaction() as session:
        return make_world(session, (TENSOR_ADD, NEG_LOG_LIKELIHOOD, LOGISTIC, SHARED), attempts_allowed=3)


@pytest.fixture
def app(sqlite_url: str, world: World, tmp_path: Path) -> Flask:
    return site(sqlite_url, tmp_path)


def page(app: Flask, login: str, submission_id: int, part: str = "") -> str:
    response = logged_in(app, login).get(f"/submissions/{submission_id}/{part}")
    assert response.status_code == 200, response.text
    return response.text


def words(text: str) -> str:
    """What a page says, without its markup."""
    text = re.sub(r"<(script|style|svg|select).*?</\1>", " ", text, flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", text)).replace("&#39;", "'").replace("&#34;", '"')


def status(app: Flask, login: str, path: str) -> int:
    return logged_in(app, login).get(path).status_code


def test_a_wrong_answer_is_explained_by_its_first_failing_public_case(
    app: Flask, database: Database, world: World
) -> None:
    said = words(page(app, "ada", graded(database, world, "ada", NEG_LOG_LIKELIHOOD, WRONG)))
    assert "Partly right" in said
    assert "Where to look first worked example" in said
    assert "The result is 4.9741716 where 3.8075047 is expected." in said
    assert "result = neg_log_likelihood(samples, mu, var_)" in said
    assert "2 attempts left." in said


def test_an_accepted_answer_shows_its_points_and_no_failure(app: Flask, database: Database, world: World) -> None:
    said = words(page(app, "ada", graded(database, world, "ada", NEG_LOG_LIKELIHOOD, RIGHT)))
    assert "Accepted Every case is right. 10 / 10" in said
    assert "This attempt counts: 10 of 10 points." in said
    assert "Where to look first" not in said


def test_of_hidden_cases_a_student_reads_the_kind_of_mistake_and_staff_read_everything(
    app: Flask, database: Database, world: World
) -> None:
    submission_id = graded(database, world, "ada", NEG_LOG_LIKELIHOOD, RAISES)
    with database.reading() as session:
        seed = str(session.query(GradingRun.seed).scalar())
    student, staff = page(app, "ada", submission_id), page(app, "tina", submission_id)
    assert "It raises an exception." in student
    assert student.count("For staff") == 0
    assert "For staff" in staff
    assert seed not in student
    assert seed in staff
    assert "Handed in by" in words(staff)
    assert student.count("AttributeError") < staff.count("AttributeError")


def test_frames_lead_to_the_lines_of_the_source_where_it_failed(app: Flask, database: Database, world: World) -> None:
    text = page(app, "ada", graded(database, world, "ada", NEG_LOG_LIKELIHOOD, RAISES))
    assert '<a href="#L2">line 2</a>' in text
    assert '<a href="#L6">line 6</a>' in text
    assert '<li id="L2" class="failing">' in text
    assert '<li id="L3">' in text


def test_a_file_that_does_not_load_is_told_once_and_not_case_by_case(
    app: Flask, database: Database, world: World
) -> None:
    said = words(page(app, "ada", graded(database, world, "ada", NEG_LOG_LIKELIHOOD, "def neg_log(:\n")))
    assert "Your file could not be loaded" in said
    assert "What is in the way" in said
    assert said.count("line 1") >= 1
    assert "Cases" not in said


def test_a_wrong_trace_is_drawn_beside_the_references(app: Flask, database: Database, world: World) -> None:
    wrong = sample(LOGISTIC, "wrong_loss_after_update")
    text = page(app, "ada", graded(database, world, "ada", LOGISTIC, wrong))
    assert 'class="line given"' in text
    assert 'class="line expected"' in text


def test_a_graph_that_is_cut_is_drawn_with_its_inputs_apart(app: Flask, database: Database, world: World) -> None:
    text = page(app, "ada", graded(database, world, "ada", SHARED, sample(SHARED, "wrong_detached")))
    assert text.count('<g class="node input alone">') == 4
    assert "Nothing connects the result with a, b, c, d" in text


def test_what_a_submission_prints_says_and_is_made_of_is_only_ever_text(
    app: Flask, database: Database, world: World
) -> None:
    evil = (
        '"""<script>alert(1)</script>"""\n'
        "def neg_log_likelihood(samples, mu, var_):\n"
        '    raise ValueError("<img src=x onerror=alert(2)>`<b>`")\n'
    )
    text = page(app, "ada", graded(database, world, "ada", NEG_LOG_LIKELIHOOD, evil))
    assert "<script>alert" not in text
    assert "<img src=x" not in text
    assert "&lt;img src=x onerror=alert(2)&gt;" in text
    assert "<b>" not in text


def test_others_find_no_such_submission(app: Flask, database: Database, world: World) -> None:
    submission_id = graded(database, world, "ada", NEG_LOG_LIKELIHOOD, RIGHT)
    for part in ("", "state", "events", "source", f"diff/{submission_id}"):
        for login in ("bob", "eve"):
            assert status(app, login, f"/submissions/{submission_id}/{part}") == 404, (part, login)
        assert app.test_client().get(f"/submissions/{submission_id}/{part}").status_code in (303, 401), part
    assert status(app, "ada", f"/submissions/{submission_id + 1}/") == 404
    assert status(app, "root", f"/submissions/{submission_id}/") == 200


def test_a_precheck_is_called_one_and_counts_for_nothing(app: Flask, database: Database, world: World) -> None:
    submission_id = graded(database, world, "ada", NEG_LOG_LIKELIHOOD, RIGHT, Purpose.PRECHECK)
    text = page(app, "ada", submission_id)
    said = words(text)
    assert "All visible cases pass" in said
    assert "used no attempt" in said
    assert "3 attempts left." in said
    assert "This attempt counts" not in said
    assert text.count('<svg class="graph"') == 1, "the graph of a right answer is drawn where it costs nobody time"


def test_while_it_waits_the_page_says_so_and_loads_itself_again_without_scripts(
    app: Flask, database: Database, world: World
) -> None:
    first = hand(database, world, "bob", NEG_LOG_LIKELIHOOD, RIGHT)
    second = hand(database, world, "ada", NEG_LOG_LIKELIHOOD, RIGHT)
    assert "You are next." in page(app, "bob", first)
    text = page(app, "ada", second)
    assert "1 submission is before yours." in text
    assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in text
    assert f'data-events="/submissions/{second}/events"' in text


def test_what_could_not_be_graded_costs_no_attempt_and_staff_may_have_it_graded_again(
    app: Flask, database: Database, world: World
) -> None:
    submission_id = hand(database, world, "ada", NEG_LOG_LIKELIHOOD, RIGHT)
    with database.transaction() as session:
        taken = claim(session, Device.CPU, "a worker", utc_now())
        assert taken is not None
        fail(session, taken, "the judge died of <b>hunger</b>", retry=False, now=utc_now())
    student, staff = page(app, "ada", submission_id), page(app, "tina", submission_id)
    assert "This could not be graded" in words(student)
    assert "3 attempts left." in words(student)
    assert "hunger" not in student
    assert "Grade it again" not in student
    assert "&lt;b&gt;hunger" in staff
    rerun = f"/submissions/{submission_id}/rerun"
    assert logged_in(app, "ada").post(rerun).status_code == 403
    assert logged_in(app, "eve").post(rerun).status_code == 404
    assert logged_in(app, "tina").post(rerun).status_code == 303
    assert logged_in(app, "tina").post(rerun).status_code == 409
    finished(database, judged(NEG_LOG_LIKELIHOOD, RIGHT))
    assert "Accepted" in words(page(app, "ada", submission_id))


def test_a_late_attempt_says_what_it_costs(sqlite_url: str, database: Database, tmp_path: Path) -> None:
    with database.transaction() as session:
        now = utc_now()
        world = make_world(session, due_at=now - 2 * HOUR, closes_at=now + HOUR, late_kind="per_day", late_share=0.2)
    app = site(sqlite_url, tmp_path)
    said = words(page(app, "ada", graded(database, world, "ada", NEG_LOG_LIKELIHOOD, RIGHT)))
    assert "Late" in said
    assert "counts 80 % of its score" in said
    assert "This attempt counts: 8 of 10 points." in said


def test_a_source_is_downloaded_as_it_was_handed_in(app: Flask, database: Database, world: World) -> None:
    text = "# ø <script>\n" + RIGHT
    submission_id = graded(database, world, "ada", NEG_LOG_LIKELIHOOD, text)
    response = logged_in(app, "ada").get(f"/submissions/{submission_id}/source")
    assert response.data == text.encode()
    assert response.mimetype == "text/plain"
    assert response.headers["Content-Disposition"] == 'attachment; filename="neg_log_likelihood-1.py"'


def test_a_verdict_that_comes_while_the_page_is_asked_for_is_on_it(
    app: Flask, database: Database, world: World
) -> None:
    submission_id = hand(database, world, "ada", NEG_LOG_LIKELIHOOD, RIGHT)
    report = judged(NEG_LOG_LIKELIHOOD, RIGHT)
    worker = threading.Timer(0.01, finished, (database, report))
    worker.start()
    text = page(app, "ada", submission_id)
    worker.join()
    assert 'data-state="finished"' in text


def test_an_old_submission_that_still_waits_holds_no_page_up(app: Flask, database: Database, world: World) -> None:
    submission_id = hand(database, world, "ada", NEG_LOG_LIKELIHOOD, RIGHT)
    with database.transaction() as session:
        run = session.query(GradingRun).one()
        run.queued_at = utc_now() - dt.timedelta(hours=1)
        assert run.state is RunState.QUEUED
    assert 'data-state="queued"' in page(app, "ada", submission_id)


def test_an_older_attempt_can_be_taken_up_again_and_only_by_its_owner(
    app: Flask, database: Database, world: World
) -> None:
    old = graded(database, world, "ada", NEG_LOG_LIKELIHOOD, WRONG)
    graded(database, world, "ada", NEG_LOG_LIKELIHOOD, RIGHT)
    bobs = graded(database, world, "bob", NEG_LOG_LIKELIHOOD, "# bob's\n" + RIGHT)
    way = f"/c/ml/a/t3/neg_log_likelihood/?source={old}"
    assert f'href="{way}#work"' in page(app, "ada", old)
    assert "n, d = samples.shape\n    return d / 2" in logged_in(app, "ada").get(way).text
    assert "bob&#39;s" not in logged_in(app, "ada").get(f"/c/ml/a/t3/neg_log_likelihood/?source={bobs}").text
