from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from grader.clock import utc_now
from grader.services.grading.runs import claim, finish, report_progress
from grader.store.database import Database
from grader.store.words import Device
from tests.web.really_graded import finished, graded, hand, judged, logged_in, site
from tests.world import NEG_LOG_LIKELIHOOD, ROOT, World, make_world
from web.student import live
from web.student.live import Streams, retry_after_s

RIGHT = (ROOT / "reference" / NEG_LOG_LIKELIHOOD / "solution.py").read_text("utf-8")


@pytest.fixture
def world(database: Database) -> World:
    with database.transaction() as session:
        return make_world(session)


@pytest.fixture
def app(database_url: str, world: World, tmp_path: Path) -> Iterator[Flask]:
    app = site(database_url, tmp_path)
    yield app
    app.extensions["grader.database"].close()


def events(app: Flask, login: str, submission_id: int) -> Iterator[dict[str, Any]]:
    """What the stream tells, until it ends."""
    response = logged_in(app, login).get(f"/submissions/{submission_id}/events", buffered=False)
    assert response.status_code == 200
    assert response.mimetype == "text/event-stream"
    for chunk in response.response:
        text = chunk.decode() if isinstance(chunk, bytes) else chunk
        if text.startswith("event: state\n"):
            yield json.loads(text.split("data: ", 1)[1])


def asked(app: Flask, login: str, submission_id: int) -> dict[str, Any]:
    """What polling tells."""
    return dict(logged_in(app, login).get(f"/submissions/{submission_id}/state").get_json())


def test_a_stream_tells_the_place_then_the_cases_then_the_verdict_and_ends(
    app: Flask, database: Database, world: World
) -> None:
    submission_id = hand(database, world, "ada", NEG_LOG_LIKELIHOOD, RIGHT)
    told = events(app, "ada", submission_id)
    first = next(told)
    assert (first["state"], first["ahead"]) == ("queued", 0)
    assert first["said"] == "You are next."
    with database.transaction() as session:
        taken = claim(session, Device.CPU, "a worker", utc_now())
        assert taken is not None
    assert next(told)["state"] == "running"
    case = {"name": "worked example", "visibility": "public", "verdict": "accepted", "points": 1.0, "max_points": 1.0}
    case |= {"diagnosis": None, "message": ""}
    with database.transaction() as session:
        assert report_progress(session, taken, [case], utc_now())
    so_far = next(told)["cases"]
    assert [one["name"] for one in so_far] == ["worked example"]
    assert so_far[0]["look"] == {"kind": "ok", "label": "Accepted"}
    with database.transaction() as session:
        assert finish(session, taken, judged(NEG_LOG_LIKELIHOOD, RIGHT), image=None, now=utc_now())
    last = next(told)
    assert (last["state"], last["verdict"], last["score"]) == ("finished", "accepted", 10.0)
    assert list(told) == []


def test_a_stream_of_what_is_graded_already_ends_at_once(app: Flask, database: Database, world: World) -> None:
    submission_id = graded(database, world, "ada", NEG_LOG_LIKELIHOOD, RIGHT)
    assert [state["state"] for state in events(app, "ada", submission_id)] == ["finished"]


def test_a_place_in_the_queue_that_moves_up_is_told(
    app: Flask, database: Database, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "_PLACE_S", 0.0)
    hand(database, world, "bob", NEG_LOG_LIKELIHOOD, RIGHT)
    told = events(app, "ada", hand(database, world, "ada", NEG_LOG_LIKELIHOOD, RIGHT))
    assert next(told)["ahead"] == 1
    finished(database, judged(NEG_LOG_LIKELIHOOD, RIGHT))
    assert next(told)["ahead"] == 0


def test_hidden_cases_are_told_to_a_student_by_their_sentence_only(
    app: Flask, database: Database, world: World
) -> None:
    raises = "def neg_log_likelihood(samples, mu, var_):\n    raise ValueError('secret')\n"
    submission_id = graded(database, world, "ada", NEG_LOG_LIKELIHOOD, raises)
    for cases in (
        asked(app, "ada", submission_id)["cases"],
        next(events(app, "ada", submission_id))["cases"],
    ):
        assert {case["message"] for case in cases if case["visibility"] == "hidden"} == {"It raises an exception."}


def test_a_stream_says_now_and_then_that_it_is_still_there_and_ends_before_it_is_old(
    app: Flask, database: Database, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "STREAM_S", 0.3)
    monkeypatch.setattr(live, "HEARTBEAT_S", 0.05)
    submission_id = hand(database, world, "ada", NEG_LOG_LIKELIHOOD, RIGHT)
    text = logged_in(app, "ada").get(f"/submissions/{submission_id}/events").text
    assert text.startswith("retry: ")
    assert text.count("event: state") == 1
    assert text.count(": still here\n\n") >= 2


def test_there_are_only_so_many_streams_and_an_ended_one_makes_room(
    app: Flask, database: Database, world: World
) -> None:
    app.extensions["grader.streams"] = Streams(most=1)
    submission_id = hand(database, world, "ada", NEG_LOG_LIKELIHOOD, RIGHT)
    client = logged_in(app, "ada")
    first = client.get(f"/submissions/{submission_id}/events", buffered=False)
    assert first.status_code == 200
    assert client.get(f"/submissions/{submission_id}/events").status_code == 204
    assert asked(app, "ada", submission_id)["state"] == "queued"
    first.close()
    again = client.get(f"/submissions/{submission_id}/events", buffered=False)
    assert again.status_code == 200
    again.close()


def test_one_person_cannot_take_every_stream() -> None:
    streams = Streams(most=10, most_each=2)
    assert [streams.take(1) for _ in range(3)] == [True, True, False]
    assert streams.take(2)
    streams.give_back(1)
    assert streams.take(1)


def test_who_asks_by_polling_is_told_when_to_ask_again(app: Flask, database: Database, world: World) -> None:
    waiting = hand(database, world, "ada", NEG_LOG_LIKELIHOOD, RIGHT)
    response = logged_in(app, "ada").get(f"/submissions/{waiting}/state")
    assert response.headers["Retry-After"] == "1"
    finished(database, judged(NEG_LOG_LIKELIHOOD, RIGHT))
    assert "Retry-After" not in logged_in(app, "ada").get(f"/submissions/{waiting}/state").headers


def test_the_longer_the_queue_the_later_one_asks_again() -> None:
    hints = [retry_after_s(ahead) for ahead in (None, 0, 19, 20, 100, 10_000)]
    assert hints == [1, 1, 1, 2, 6, 15]


def test_a_stream_holds_no_connection_while_it_waits(app: Flask, database: Database, world: World) -> None:
    submission_id = hand(database, world, "ada", NEG_LOG_LIKELIHOOD, RIGHT)
    told = events(app, "ada", submission_id)
    next(told)
    pool = app.extensions["grader.database"].engine.pool
    assert pool.checkedout() == 0
    # A change made by somebody else meanwhile is seen: no old snapshot is kept.
    worker = threading.Timer(0.05, finished, (database, judged(NEG_LOG_LIKELIHOOD, RIGHT)))
    worker.start()
    assert [state["state"] for state in told][-1] == "finished"
    worker.join()
