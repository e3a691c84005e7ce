from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select

from grader.clock import utc_now
from grader.pipeline.feedback import Audience
from grader.services.grading.results import live_run, shown_report, state_json
from grader.services.handing_in.submit import Handed
from grader.services.handing_in.written import hand_in_answer, solution_for
from grader.services.refusals import Reason, Refused
from grader.store.database import Database
from grader.store.models import Allowance, Assignment, AssignmentItem, QuestionVersion, Submission, WrittenAnswer
from grader.vocab import Verdict
from tests.world import TENSOR_ADD, World, make_world

NUMERIC = "infr10086/tutorial3/what_are_the_parameters"
CHOICE = "infr10086/tutorial3/linear_or_affine"
TEXT = "infr10086/tutorial3/forgetting_zero_grad"
WITH_REASON = "infr10086/tutorial3/is_it_stochastic"
QUESTIONS = (TENSOR_ADD, NUMERIC, CHOICE, TEXT, WITH_REASON)
RIGHT: dict[str, dict[str, object]] = {
    NUMERIC: {"number": "8"},
    CHOICE: {"choices": ["affine"]},
    TEXT: {"text": "Gradients pile up."},
    WITH_REASON: {"choices": ["deterministic"], "text": "All samples in every step."},
}


@pytest.fixture
def world(database: Database) -> World:
    with database.transaction() as session:
        return make_world(session, QUESTIONS, attempts_allowed=2)


def answered(
    database: Database,
    world: World,
    question: str,
    answer: dict[str, object],
    *,
    login: str = "ada",
    key: str | None = None,
    now: dt.datetime | None = None,
) -> Handed:
    with database.transaction() as session:
        return hand_in_answer(
            session,
            person_id=world.people[login],
            item_id=world.item_ids[question],
            answer=answer,
            idempotency_key=key,
            now=now,
        )


def reason_of_refusal(
    database: Database, world: World, question: str, answer: dict[str, object], **given: str
) -> Reason:
    with pytest.raises(Refused) as refused:
        answered(database, world, question, answer, login=given.get("login", "ada"))
    return refused.value.reason


def sees_solution(database: Database, world: World, question: str, now: dt.datetime | None = None) -> bool:
    with database.reading() as session:
        item = session.get_one(AssignmentItem, world.item_ids[question])
        version = session.get_one(QuestionVersion, world.version_ids[question])
        return solution_for(session, item, version, world.people["ada"], now or utc_now()) is not None


def test_a_right_number_is_graded_at_once(database: Database, world: World) -> None:
    handed = answered(database, world, NUMERIC, {"number": " 8,0 "})
    with database.reading() as session:
        run = live_run(session, handed.submission_id)
        assert run is not None
        assert run.id == handed.run_id
        report = shown_report(run, Audience.STUDENT)
        assert report is not None
        assert (report.verdict, report.score, report.max_score) == (Verdict.ACCEPTED, 2.0, 2.0)
        assert [case.name for case in run.cases] == ["answer"]
        assert session.get_one(Submission, handed.submission_id).source == b"8,0"


def test_a_usual_mistake_is_explained_without_giving_the_answer_away(database: Database, world: World) -> None:
    handed = answered(database, world, NUMERIC, {"number": "6"})
    with database.reading() as session:
        told = state_json(session, handed.submission_id, Audience.STUDENT)
    assert (told["state"], told["verdict"], told["score"]) == ("finished", "wrong_answer", 0.0)
    assert "weight alone" in told["cases"][0]["message"]
    assert "8" not in told["cases"][0]["message"]


def test_a_choice_is_graded_at_once_and_says_why(database: Database, world: World) -> None:
    for option, verdict in (("linear", "wrong_answer"), ("affine", "accepted")):
        handed = answered(database, world, CHOICE, {"choices": [option]})
        with database.reading() as session:
            told = state_json(session, handed.submission_id, Audience.STUDENT)
        assert told["verdict"] == verdict
        assert told["cases"][0]["message"]


def test_a_text_waits_for_a_marker(database: Database, world: World) -> None:
    handed = answered(database, world, TEXT, RIGHT[TEXT])
    assert (handed.run_id, handed.device) == (None, None)
    with database.reading() as session:
        assert session.get_one(WrittenAnswer, handed.submission_id).points is None
        assert state_json(session, handed.submission_id, Audience.STUDENT)["state"] == "awaiting_marking"


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        (NUMERIC, {"number": "eight"}),
        (NUMERIC, {"number": ""}),
        (NUMERIC, {}),
        (CHOICE, {"choices": []}),
        (CHOICE, {"choices": ["affine", "linear"]}),
        (CHOICE, {"choices": ["convex"]}),
        (CHOICE, {"choices": [{"name": "affine"}]}),
        (TEXT, {"text": " \n "}),
        (TEXT, {"text": "word " * 201}),
        (TEXT, {"text": "with\0nul"}),
        (TEXT, {"number": "8"}),
        (WITH_REASON, {"choices": ["deterministic"]}),
        (WITH_REASON, {"text": "All samples in every step."}),
        (WITH_REASON, {"choices": ["deterministic"], "text": "word " * 121}),
        (TENSOR_ADD, {"text": "a + b"}),
    ],
)
def test_what_is_no_answer_is_refused_and_costs_nothing(
    database: Database, world: World, question: str, answer: dict[str, object]
) -> None:
    assert reason_of_refusal(database, world, question, answer) is Reason.INVALID
    with database.reading() as session:
        assert session.scalars(select(Allowance)).all() == []
        assert session.scalars(select(Submission)).all() == []


def test_a_stranger_is_told_that_there_is_no_such_question(database: Database, world: World) -> None:
    answers: tuple[dict[str, object], ...] = (RIGHT[NUMERIC], {"number": "?"})
    for answer in answers:
        assert reason_of_refusal(database, world, NUMERIC, answer, login="eve") is Reason.NOT_FOUND


def test_answers_are_taken_within_the_window_and_the_allowance(database: Database, world: World) -> None:
    answered(database, world, NUMERIC, {"number": "1"})
    answered(database, world, NUMERIC, {"number": "2"})
    assert reason_of_refusal(database, world, NUMERIC, {"number": "8"}) is Reason.NO_ATTEMPTS_LEFT
    with database.transaction() as session:
        assignment = session.get_one(Assignment, world.assignment_id)
        assignment.due_at = assignment.closes_at = utc_now()
    assert reason_of_refusal(database, world, CHOICE, RIGHT[CHOICE]) is Reason.CLOSED


def test_a_double_click_and_a_retry_with_the_same_key_are_one_answer(database: Database, world: World) -> None:
    for question, key in ((NUMERIC, None), (CHOICE, "key"), (TEXT, None), (WITH_REASON, None)):
        first = answered(database, world, question, RIGHT[question], key=key)
        again = answered(database, world, question, RIGHT[question], key=key)
        assert (again.submission_id, again.run_id, again.is_repeat) == (first.submission_id, first.run_id, True)


def test_the_same_answer_later_is_another_attempt(database: Database, world: World) -> None:
    first = answered(database, world, NUMERIC, {"number": "6"})
    later = answered(database, world, NUMERIC, {"number": "6"}, now=utc_now() + dt.timedelta(seconds=3))
    assert later.submission_id != first.submission_id


def test_the_solution_is_shown_once_it_gives_nothing_away(database: Database, world: World) -> None:
    assert not sees_solution(database, world, NUMERIC)
    answered(database, world, NUMERIC, {"number": "6"})
    assert not sees_solution(database, world, NUMERIC)
    answered(database, world, NUMERIC, {"number": "9"})
    assert sees_solution(database, world, NUMERIC)
    answered(database, world, CHOICE, RIGHT[CHOICE])
    assert sees_solution(database, world, CHOICE)
    assert sees_solution(database, world, TEXT, utc_now() + dt.timedelta(days=3))


def test_a_choice_is_decided_at_once_and_its_reason_waits_for_a_marker(database: Database, world: World) -> None:
    told = {}
    for option in ("stochastic", "deterministic"):
        handed = answered(database, world, WITH_REASON, {"choices": [option], "text": f"Why {option}."})
        assert (handed.run_id, handed.device) == (None, None)
        with database.reading() as session:
            told[option] = state_json(session, handed.submission_id, Audience.STUDENT)
            assert session.get_one(WrittenAnswer, handed.submission_id).points is None
            assert session.get_one(Submission, handed.submission_id).source == f"{option}\n\nWhy {option}.".encode()
    for said in told.values():
        assert (said["state"], said["score"], said["max_score"]) == ("awaiting_marking", None, 3.0)
    (wrong,), (right,) = (said["cases"] for said in told.values())
    assert (wrong["points"], wrong["max_points"], wrong["verdict"]) == (0.0, 1.0, "wrong_answer")
    assert (right["points"], right["max_points"], right["verdict"]) == (1.0, 1.0, "accepted")
    assert "over all samples" not in right["message"], "that is what the reason is to say"


@pytest.mark.parametrize("question", [TEXT, WITH_REASON])
def test_a_model_answer_is_not_shown_before_the_text_is_marked(database: Database, world: World, question: str) -> None:
    handed = answered(database, world, question, RIGHT[question])
    after_the_close = utc_now() + dt.timedelta(days=3)
    assert not sees_solution(database, world, question, after_the_close)
    with database.transaction() as session:
        session.get_one(WrittenAnswer, handed.submission_id).points = 2.0
    assert not sees_solution(database, world, question)
    assert sees_solution(database, world, question, after_the_close)
