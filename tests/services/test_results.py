from __future__ import annotations

import math
from dataclasses import replace

import pytest

from grader.clock import utc_now
from grader.pipeline.feedback import Audience
from grader.pipeline.order import CaseResult, Details, Fault, Frame, Provenance, RunReport
from grader.services.grading.reports import decoded, encoded
from grader.services.grading.results import live_among, live_run, run_report, shown_report, state_json, submissions_of
from grader.services.grading.runs import fail, finish, report_progress
from grader.services.refusals import Reason, Refused
from grader.store.database import Database
from grader.store.models import Submission, WrittenAnswer
from grader.store.words import Origin, Purpose
from grader.vocab import Verdict, Visibility
from tests.services.handing import claimed, graded, hand, handed, report_of, run_of
from tests.world import NEG_LOG_LIKELIHOOD, TENSOR_ADD, World, make_world

FULL = RunReport(
    question="a/b",
    verdict=Verdict.PARTIAL,
    score=1.5,
    max_score=3.0,
    duration_ms=12,
    sandbox="docker",
    device="cpu",
    cases=(
        CaseResult(
            name="null",
            visibility=Visibility.PUBLIC,
            verdict=Verdict.WRONG_ANSWER,
            points=0.1 + 0.2,
            max_points=1.0,
            group="g",
            diagnosis="wrong_value",
            message="null",
            hint="nan",
            details=Details(
                worst={"index": [0, 1], "expected": "1.0", "given": "nan", "by": 1e-300},
                counterexample="x = 1\n",
                frames=(Frame(3, "f", "    return 'é∑'"),),
                staff_note="true",
                wall_s=0.25,
                curve={"expected": [1.0, 0.5], "given": [1e308, 0.1]},
            ),
        ),
    ),
    provenance=Provenance("sha256:1", "2.13", "cpu", 2**63 - 1, {"rtol": 1e-5}),
    fault=None,
    printed="1\n2\x1b[0m",
    loaded=False,
)


def test_a_report_comes_back_as_it_was_kept() -> None:
    assert decoded(encoded(FULL)) == FULL
    faulty = replace(FULL, fault=Fault("grader", "died"), cases=())
    assert decoded(encoded(faulty)) == faulty


def test_a_curve_that_left_the_numbers_comes_back_as_it_was() -> None:
    [case] = FULL.cases
    given = [1.0, math.inf, -math.inf, math.nan]
    odd = replace(case, details=Details(curve={"given": given}, worst={"given": math.nan}))
    [back] = decoded(encoded(replace(FULL, cases=(odd,)))).cases
    assert back.details.curve is not None
    assert back.details.curve["given"][:3] == given[:3]
    assert math.isnan(back.details.curve["given"][3])
    assert back.details.worst == {"given": "nan"}


def test_text_that_is_no_text_is_kept_with_question_marks() -> None:
    assert decoded(encoded(replace(FULL, printed="a\ud800b\0"))).printed == "a?b\0"


@pytest.fixture
def world(database: Database) -> World:
    with database.transaction() as session:
        return make_world(session)


def test_a_waiting_page_follows_a_submission_to_its_verdict(database: Database, world: World) -> None:
    submission_id = handed(database, world).submission_id
    seen = []

    def look() -> dict[str, object]:
        with database.reading() as session:
            state = state_json(session, submission_id, Audience.STUDENT)
        seen.append(state["updated"])
        return state

    waiting = look()
    assert (waiting["state"], waiting["ahead"], waiting["cases"], waiting["max_score"]) == ("queued", 0, [], 10.0)
    taken = claimed(database)
    assert look()["state"] == "running"
    case = {"name": "small", "visibility": "public", "verdict": "accepted", "points": 1.0, "max_points": 1.0}
    with database.transaction() as session:
        report_progress(session, taken, [{**case, "details": {"staff_note": "secret"}}], utc_now())
    running = look()
    assert running["cases"] == [{**case, "diagnosis": None, "message": ""}]
    assert running["verdict"] is None
    with database.transaction() as session:
        finish(session, taken, report_of(4.0), image=None, now=utc_now())
    done = look()
    assert (done["id"], done["state"], done["verdict"]) == (submission_id, "finished", "partial")
    assert (done["score"], done["max_score"], done["ahead"]) == (4.0, 10.0, None)
    assert len(set(seen)) == 4


def test_students_see_of_hidden_cases_what_the_one_place_lets_through(database: Database, world: World) -> None:
    submission_id = handed(database, world).submission_id
    taken = claimed(database)
    with database.transaction() as session:
        finish(session, taken, report_of(4.0), image=None, now=utc_now())
    with database.reading() as session:
        student = state_json(session, submission_id, Audience.STUDENT)
        staff = state_json(session, submission_id, Audience.STAFF)
        run = run_of(session, submission_id)
        shown = shown_report(run, Audience.STUDENT)
        assert shown is not None
        assert shown.provenance.seed is None
        assert run_report(run) == report_of(4.0)
    assert "42" not in str(student)
    assert "42" in str(staff)
    assert [case["name"] for case in student["cases"]] == ["small", "large"]


def test_what_could_not_be_graded_says_so_and_nothing_of_why(database: Database, world: World) -> None:
    submission_id = handed(database, world).submission_id
    taken = claimed(database)
    with database.transaction() as session:
        fail(session, taken, "the reference of tensor_add raised", retry=False, now=utc_now())
    with database.reading() as session:
        state = state_json(session, submission_id, Audience.STUDENT)
    assert (state["state"], state["verdict"], state["score"]) == ("failed", None, None)
    assert "reference" not in str(state)


def test_a_written_answer_is_awaiting_marking_and_then_marked(database: Database, world: World) -> None:
    with database.transaction() as session:
        submission = Submission(
            course_id=world.course_id,
            item_id=world.item_id,
            person_id=world.people["ada"],
            version_id=world.version_ids[TENSOR_ADD],
            purpose=Purpose.SUBMIT,
            attempt=1,
            origin=Origin.EDITOR,
            source=b"because",
            source_sha256="",
            submitted_at=utc_now(),
        )
        session.add(submission)
        session.flush()
        submission_id = submission.id
        session.add(WrittenAnswer(submission_id=submission_id, answer={"text": "because"}))
    with database.transaction() as session:
        waiting = state_json(session, submission_id, Audience.STUDENT)
        session.get_one(WrittenAnswer, submission_id).points = 7.0
        session.flush()
        marked = state_json(session, submission_id, Audience.STUDENT)
        assert live_run(session, submission_id) is None
    assert (waiting["state"], waiting["score"]) == ("awaiting_marking", None)
    assert (marked["state"], marked["score"], marked["max_score"]) == ("marked", 7.0, 10.0)
    assert waiting["updated"] != marked["updated"]


def test_a_submission_that_is_not_there_is_not_found(database: Database, world: World) -> None:
    with database.reading() as session, pytest.raises(Refused) as caught:
        state_json(session, 999_999, Audience.STAFF)
    assert caught.value.reason is Reason.NOT_FOUND


def test_a_history_lists_ones_own_submissions_newest_first_with_their_results(database: Database, world: World) -> None:
    first = graded(database, world, score=3.0)
    graded(database, world, "bob")
    with database.transaction() as session:
        hand(session, world, item_id=world.item_ids[NEG_LOG_LIKELIHOOD])
        second = hand(session, world, source=b"n = 2").submission_id
    with database.reading() as session:
        mine = submissions_of(session, world.item_id, world.people["ada"])
    assert [submission.id for submission in mine] == [second, first]
    results = [live_among(submission) for submission in mine]
    assert [result and result.score for result in results] == [None, 3.0]
