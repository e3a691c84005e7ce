from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from grader.clock import utc_now
from grader.services.people.tokens import Scope, create_token, revoke
from grader.store.database import Database
from grader.store.models import (
    ApiToken,
    Assignment,
    AssignmentItem,
    Course,
    Enrolment,
    GradingRun,
    Person,
    QuestionVersion,
    Submission,
)
from grader.store.words import Origin, Purpose
from tests.web.api_world import (
    CHOICE,
    NUMERIC,
    QUESTIONS,
    SOURCE,
    TEXT,
    WITH_REASON,
    Api,
    grade_next,
    open_api,
)
from tests.world import TENSOR_ADD
from web.problems import MEDIA_TYPE

RESULT_KEYS = {
    *("question", "file", "verdict", "score", "max_score", "duration_ms", "sandbox", "device", "cases", "id", "state"),
    "queue",
}


@pytest.fixture
def api(tmp_path: Path, database: Database, database_url: str) -> Iterator[Api]:
    with open_api(tmp_path, database, database_url, attempts_allowed=3) as opened:
        yield opened


def test_a_submission_is_accepted_queued_and_found_under_its_address(api: Api) -> None:
    response = api.submit(question=TENSOR_ADD, file_name="mine.py")
    assert response.status_code == 202
    assert response.json is not None
    assert set(response.json) == {"id", "url"}
    assert response.headers["Location"] == response.json["url"]
    found = api.client.get(response.json["url"], headers=api.headers("ada"))
    assert found.json is not None
    assert set(found.json) == RESULT_KEYS
    told = {key: found.json[key] for key in ("id", "state", "question", "file", "verdict", "score", "cases")}
    assert told == {
        "id": response.json["id"],
        "state": "queued",
        "question": TENSOR_ADD,
        "file": "mine.py",
        "verdict": None,
        "score": None,
        "cases": [],
    }
    assert found.json["queue"]["ahead"] == 0
    with api.database.reading() as session:
        row = session.get_one(Submission, response.json["id"])
        assert (row.source, row.origin, row.purpose) == (SOURCE.encode(), Origin.API, Purpose.SUBMIT)


def test_a_result_tells_a_student_of_hidden_cases_no_more_than_their_diagnosis(api: Api) -> None:
    submission_id = api.submit().json["id"]  # type: ignore[index]
    grade_next(api.database)
    found = api.get(f"/submissions/{submission_id}").json
    assert found is not None
    assert (found["state"], found["verdict"], found["score"], found["max_score"]) == ("finished", "wrong_answer", 0, 10)
    public, hidden = found["cases"]
    assert "4711" in public["message"]
    assert "4711" not in str(hidden)
    for_staff = api.get(f"/submissions/{submission_id}", "tina").json
    assert for_staff is not None
    assert "4711" in for_staff["cases"][1]["message"]


@pytest.mark.parametrize("login", ["bob", "eve"])
def test_the_submission_of_somebody_else_does_not_exist(api: Api, login: str) -> None:
    submission_id = api.submit().json["id"]  # type: ignore[index]
    response = api.get(f"/submissions/{submission_id}", login)
    assert (response.status_code, response.mimetype) == (404, MEDIA_TYPE)


@pytest.mark.parametrize("number", [0, 4711, 2**31, 2**63 - 1, 2**63, 10**30])
def test_a_number_that_is_no_submission_is_not_found(api: Api, number: int) -> None:
    assert api.get(f"/submissions/{number}").status_code == 404


def test_the_same_idempotency_key_hands_in_once(api: Api) -> None:
    first, again = (api.submit(key="a-key") for _ in range(2))
    assert first.json == again.json
    assert (first.status_code, again.status_code) == (202, 202)
    other = api.submit(key="a-key", source=SOURCE + "\n# changed\n")
    assert (other.status_code, other.json and other.json["reason"]) == (409, "conflict")
    with api.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Submission)) == 1


def test_a_precheck_uses_no_attempt(api: Api) -> None:
    submission_id = api.submit(precheck=True).json["id"]  # type: ignore[index]
    with api.database.reading() as session:
        row = session.get_one(Submission, submission_id)
        assert (row.purpose, row.attempt) == (Purpose.PRECHECK, None)
    listed = api.get("/questions").json
    assert listed is not None
    assert listed["questions"][0]["attempts_left"] == 3


def test_a_notebook_is_read_for_its_entry_point(api: Api) -> None:
    cells = [
        {"cell_type": "markdown", "source": "# Notes"},
        {"cell_type": "code", "source": SOURCE, "outputs": [], "metadata": {}, "execution_count": 1},
        {"cell_type": "code", "source": "print(tensor_add([1], [2]))", "outputs": [], "metadata": {}},
    ]
    notebook = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    submission_id = api.submit(notebook=notebook, file_name="mine.ipynb").json["id"]  # type: ignore[index]
    with api.database.reading() as session:
        row = session.get_one(Submission, submission_id)
        assert b"def tensor_add" in row.source
        assert b"Notes" not in row.source
        assert (row.origin, row.file_name) == (Origin.NOTEBOOK, "mine.ipynb")


@pytest.mark.parametrize(
    ("body", "status", "reason", "hint"),
    [
        ({"question": "tensor_ad"}, 404, "not_found", "tensor_add"),
        ({"question": "infr10086/tutorial3/tensor_sub"}, 404, "not_found", TENSOR_ADD),
        ({"question": "a" * 5000}, 404, "not_found", "aaa"),
        ({"question": ""}, 422, "invalid", "$.question"),
        ({"source": " \n"}, 422, "empty", "empty"),
        ({"source": "x = 1\0"}, 422, "not_text", "NUL"),
        ({"source": "x" * 300_000}, 413, "too_large", "256 kB"),
        ({"source": 4}, 422, "invalid", "$.source"),
        ({"source": None}, 422, "invalid", "'source' or 'notebook'"),
        ({"sourse": ""}, 422, "invalid", "sourse"),
        ({"source": "{", "file_name": "mine.ipynb"}, 422, "invalid", "notebook"),
        ({"source": "x", "notebook": {}}, 422, "invalid", "'source' or 'notebook'"),
    ],
)
def test_what_cannot_be_taken_is_refused_with_what_to_do(
    api: Api, body: dict[str, Any], status: int, reason: str, hint: str
) -> None:
    response = api.submit(**body)
    assert response.json is not None
    assert (response.status_code, response.mimetype) == (status, MEDIA_TYPE)
    assert response.json["reason"] == reason
    assert response.json["type"] == f"/api/v1/#{reason}"
    assert hint in response.json["detail"]
    with api.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Submission)) == 0


def test_windows_and_allowances_hold_here_too(api: Api) -> None:
    for attempt in range(3):
        assert api.submit(source=f"{SOURCE}# {attempt}\n").status_code == 202
    used_up = api.submit(source=SOURCE)
    assert (used_up.status_code, used_up.json and used_up.json["reason"]) == (403, "no_attempts_left")
    with api.database.transaction() as session:
        assignment = session.get_one(Assignment, api.world.assignment_id)
        assignment.due_at = assignment.closes_at = utc_now()
    closed = api.submit(question="neg_log_likelihood")
    assert (closed.status_code, closed.json and closed.json["reason"]) == (403, "closed")
    with api.database.transaction() as session:
        assignment = session.get_one(Assignment, api.world.assignment_id)
        assignment.due_at = assignment.closes_at = None
        assignment.opens_at = utc_now() + dt.timedelta(hours=1)
    too_early = api.submit(question="neg_log_likelihood")
    assert (too_early.status_code, too_early.json and too_early.json["reason"]) == (403, "not_open")


def test_without_a_valid_token_nothing_is_taken_or_told(api: Api) -> None:
    with api.database.transaction() as session:
        token, text = create_token(session, api.world.people["ada"], "revoked", [Scope.READ, Scope.SUBMIT])
        revoke(session, token.id, api.world.people["ada"])
        session.get_one(Person, api.world.people["bob"]).disabled_at = utc_now()
    for header in (None, f"Bearer {text}", "Bearer", "Bearer grader_\xe4", "Basic YTpi", f"Bearer {api.tokens['bob']}"):
        headers = {} if header is None else {"Authorization": header}
        for response in (
            api.client.get("/api/v1/questions", headers=headers),
            api.client.post("/api/v1/submissions", json={"question": "x", "source": "x"}, headers=headers),
        ):
            assert (response.status_code, response.mimetype) == (401, MEDIA_TYPE)
            assert response.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_token_does_only_what_its_scopes_say(api: Api) -> None:
    with api.database.transaction() as session:
        api.tokens["ada"] = create_token(session, api.world.people["ada"], "reads", [Scope.READ])[1]
        api.tokens["bob"] = create_token(session, api.world.people["bob"], "submits", [Scope.SUBMIT])[1]
    assert api.get("/questions").status_code == 200
    refused = api.submit()
    assert (refused.status_code, refused.json and refused.json["reason"]) == (403, "insufficient_scope")
    assert api.submit("bob").status_code == 202
    assert api.get("/questions", "bob").status_code == 403


def test_somebody_logged_in_reads_without_a_token_but_changes_nothing(api: Api) -> None:
    with api.client.session_transaction() as cookie:
        cookie["_user_id"] = f"{api.world.people['ada']}:key-ada"
        cookie["_fresh"] = True
    assert api.get("/questions", None).status_code == 200
    assert api.submit(None).status_code == 401


def test_a_token_counts_and_not_the_cookie_beside_it(api: Api) -> None:
    submission_id = api.submit("bob").json["id"]  # type: ignore[index]
    with api.client.session_transaction() as cookie:
        cookie["_user_id"] = f"{api.world.people['tina']}:key-tina"
    assert api.get(f"/submissions/{submission_id}").status_code == 404
    assert api.get(f"/submissions/{submission_id}", None).status_code == 200


def test_the_questions_come_with_window_attempts_and_score(api: Api) -> None:
    api.submit()
    grade_next(api.database)
    listed = api.get("/questions").json
    assert listed is not None
    names = [question["question"] for question in listed["questions"]]
    assert names == list(QUESTIONS)
    first, second = listed["questions"][:2]
    assert (first["course"], first["assignment"], first["item"]) == ("ml", "t3", "tensor_add")
    assert (first["state"], first["kind"], first["entry"]) == ("open", "code", "tensor_add")
    assert (first["attempts_allowed"], first["attempts_used"], first["attempts_left"]) == (3, 1, 2)
    assert (first["best_score"], second["best_score"], first["max_score"]) == (0, None, 10)
    assert dt.datetime.fromisoformat(first["due_at"]) > utc_now()


def test_a_stranger_has_no_questions_and_drafts_are_for_staff(api: Api) -> None:
    assert api.get("/questions", "eve").json == {"questions": []}
    with api.database.transaction() as session:
        session.get_one(Assignment, api.world.assignment_id).is_visible = False
    assert api.get("/questions").json == {"questions": []}
    assert api.submit().status_code == 404
    for_staff = api.get("/questions", "sam").json
    assert for_staff is not None
    assert len(for_staff["questions"]) == 6


def test_a_question_of_two_assignments_needs_to_be_placed(api: Api) -> None:
    with api.database.transaction() as session:
        now = utc_now()
        other = Assignment(course_id=api.world.course_id, slug="t4", title="Tutorial 4", created_at=now)
        session.add(other)
        session.flush()
        question_id = session.get_one(QuestionVersion, api.world.version_ids[TENSOR_ADD]).question_id
        session.add(AssignmentItem(assignment_id=other.id, question_id=question_id, slug="again"))
    unplaced = api.submit()
    assert (unplaced.status_code, "ml/t3, ml/t4" in str(unplaced.json)) == (409, True)
    placed = api.submit(assignment="t4", course="ml")
    assert placed.status_code == 202
    assert placed.json is not None
    with api.database.reading() as session:
        assert session.get_one(Submission, placed.json["id"]).item.assignment.slug == "t4"


def test_who_left_the_course_or_whose_course_is_archived_submits_no_more(api: Api) -> None:
    submission_id = api.submit().json["id"]  # type: ignore[index]
    with api.database.transaction() as session:
        session.scalars(
            select(Enrolment).where(Enrolment.person_id == api.world.people["ada"])
        ).one().ended_at = utc_now()
        assert session.get(Course, api.world.course_id) is not None
    assert api.submit().status_code == 404
    assert api.get(f"/submissions/{submission_id}").status_code == 404
    with api.database.transaction() as session:
        session.get_one(Course, api.world.course_id).archived_at = utc_now()
    assert api.submit("bob").status_code == 404


def test_written_answers_come_as_text(api: Api) -> None:
    for question, source, state, verdict in (
        (NUMERIC, "8", "finished", "accepted"),
        (CHOICE, "linear", "finished", "wrong_answer"),
        (TEXT, "They pile up.", "awaiting_marking", None),
    ):
        submission_id = api.submit(question=question, source=source).json["id"]  # type: ignore[index]
        found = api.get(f"/submissions/{submission_id}").json
        assert found is not None
        assert (found["state"], found["verdict"]) == (state, verdict)
    not_a_number = api.submit(question=NUMERIC, source="eight")
    assert (not_a_number.status_code, "digits" in str(not_a_number.json)) == (422, True)
    assert api.submit(question=NUMERIC, precheck=True, source="8").status_code == 422


def test_a_choice_with_a_reason_tells_at_once_what_the_choice_came_to(api: Api) -> None:
    source = "deterministic\n\nAll samples in every step."
    submission_id = api.submit(question=WITH_REASON, source=source).json["id"]  # type: ignore[index]
    found = api.get(f"/submissions/{submission_id}").json
    assert found is not None
    assert (found["state"], found["verdict"], found["score"]) == ("awaiting_marking", None, None)
    (choice,) = found["cases"]
    assert (choice["verdict"], choice["points"], choice["max_points"]) == ("accepted", 1.0, 1.0)
    alone = api.submit(question=WITH_REASON, source="deterministic")
    assert (alone.status_code, "why you chose it" in str(alone.json)) == (422, True)


def test_the_use_of_a_token_is_noted(api: Api) -> None:
    api.get("/questions")
    with api.database.reading() as session:
        token = session.scalars(select(ApiToken).where(ApiToken.person_id == api.world.people["ada"])).one()
        assert token.last_used_at is not None


def test_who_asks_too_often_is_told_when_to_come_back(api: Api) -> None:
    answers = [api.submit(question="nothing") for _ in range(61)]
    assert {answer.status_code for answer in answers[:60]} == {404}
    last = answers[60]
    assert (last.status_code, last.mimetype, last.json and last.json["reason"]) == (429, MEDIA_TYPE, "too_many")
    assert 0 < int(last.headers["Retry-After"]) <= 61
    assert api.submit("bob", question="nothing").status_code == 404


def test_what_does_not_exist_under_the_api_is_told_to_programs(api: Api) -> None:
    nowhere, wrong_method = api.get("/nowhere"), api.client.delete("/api/v1/submissions")
    assert (nowhere.status_code, nowhere.mimetype) == (404, MEDIA_TYPE)
    assert (wrong_method.status_code, wrong_method.mimetype) == (405, MEDIA_TYPE)
    assert "POST" in wrong_method.headers["Allow"]


def test_a_run_that_could_not_be_graded_is_a_state_and_no_verdict(api: Api) -> None:
    submission_id = api.submit().json["id"]  # type: ignore[index]
    with api.database.transaction() as session:
        run = session.scalars(select(GradingRun)).one()
        run.state = "failed"  # type: ignore[assignment]
        run.fault = "the judge at 10.0.0.7 disappeared"
    found = api.get(f"/submissions/{submission_id}").json
    assert found is not None
    assert (found["state"], found["verdict"], found["score"]) == ("failed", None, None)
    assert "10.0.0.7" not in str(found)
