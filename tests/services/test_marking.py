from __future__ import annotations

import datetime as dt
import math

import pytest
from sqlalchemy import select

from grader.clock import utc_now
from grader.services.dashboards.attention import counts_of_course
from grader.services.grades.grades import grades_of_assignment
from grader.services.handing_in.submit import hand_in
from grader.services.handing_in.written import hand_in_answer
from grader.services.marking.marking import MAX_COMMENT_CHARACTERS, mark
from grader.services.refusals import Reason, Refused
from grader.store.database import Database
from grader.store.models import AssignmentItem, AuditEvent, WrittenAnswer
from tests.world import TENSOR_ADD, World, make_world

NUMERIC = "infr10086/tutorial3/what_are_the_parameters"
TEXT = "infr10086/tutorial3/forgetting_zero_grad"
WITH_REASON = "infr10086/tutorial3/is_it_stochastic"


@pytest.fixture
def world(database: Database) -> World:
    with database.transaction() as session:
        return make_world(session, (TENSOR_ADD, NUMERIC, TEXT, WITH_REASON))


def answered(database: Database, world: World, login: str, text: str = "They pile up.") -> int:
    with database.transaction() as session:
        return hand_in_answer(
            session, person_id=world.people[login], item_id=world.item_ids[TEXT], answer={"text": text}
        ).submission_id


def marked(database: Database, world: World, submission_id: int, points: float, comment: str = "") -> dt.datetime:
    now = utc_now()
    with database.transaction() as session:
        mark(session, submission_id, marker_id=world.people["tina"], points=points, comment=comment, now=now)
    return now


def test_points_a_comment_and_who_gave_them_are_kept_and_count(database: Database, world: World) -> None:
    submission_id = answered(database, world, "ada")
    now = marked(database, world, submission_id, 2.75, "  What of the second step?\n")
    with database.transaction() as session:
        answer = session.get_one(WrittenAnswer, submission_id)
        assert (answer.points, answer.comment) == (2.75, "What of the second step?")
        assert (answer.marked_by, answer.marked_at) == (world.people["tina"], now)
        session.get_one(AssignmentItem, world.item_ids[TEXT]).points = 8.0
        session.flush()
        grade = grades_of_assignment(session, world.assignment_id)[world.people["ada"], world.item_ids[TEXT]]
        assert (grade.state, grade.score, grade.max_score) == ("graded", 5.5, 8.0)


@pytest.mark.parametrize(("option", "of_choice"), [("deterministic", 1.0), ("stochastic", 0.0)])
def test_the_points_of_a_reason_are_added_to_those_of_the_choice(
    database: Database, world: World, option: str, of_choice: float
) -> None:
    with database.transaction() as session:
        item_id = world.item_ids[WITH_REASON]
        answer = {"choices": [option], "text": "All samples in every step."}
        submission_id = hand_in_answer(
            session, person_id=world.people["ada"], item_id=item_id, answer=answer
        ).submission_id
    with pytest.raises(Refused, match="from 0 to 2"):
        marked(database, world, submission_id, 2.5)
    for points in (2.0, 1.5):
        marked(database, world, submission_id, points, "Yes.")
        with database.reading() as session:
            assert session.get_one(WrittenAnswer, submission_id).points == of_choice + points
    with database.reading() as session:
        grade = grades_of_assignment(session, world.assignment_id)[world.people["ada"], item_id]
        assert (grade.state, grade.score, grade.max_score) == ("graded", of_choice + 1.5, 3.0)


def test_marking_again_replaces_it_and_the_audit_tells_both(database: Database, world: World) -> None:
    submission_id = answered(database, world, "ada")
    marked(database, world, submission_id, 0.0, "No.")
    marked(database, world, submission_id, 4.0, "Yes, after all.")
    with database.reading() as session:
        assert session.get_one(WrittenAnswer, submission_id).points == 4.0
        first, second = session.scalars(
            select(AuditEvent).where(AuditEvent.act == "answer.marked").order_by(AuditEvent.id)
        )
        assert (first.subject, first.actor_id) == (f"submission:{submission_id}", world.people["tina"])
        assert first.course_id == world.course_id
        assert first.detail["before"]["points"] is None
        assert second.detail["before"] == first.detail["after"]
        assert (second.detail["before"]["comment"], second.detail["after"]["comment"]) == ("No.", "Yes, after all.")


@pytest.mark.parametrize("points", [-0.5, 4.5, math.nan, math.inf, -math.inf])
def test_points_that_the_question_does_not_have_are_refused(database: Database, world: World, points: float) -> None:
    submission_id = answered(database, world, "ada")
    with pytest.raises(Refused, match="from 0 to 4") as refused:
        marked(database, world, submission_id, points)
    assert refused.value.reason is Reason.INVALID
    with database.reading() as session:
        assert session.get_one(WrittenAnswer, submission_id).points is None
        assert session.scalars(select(AuditEvent).where(AuditEvent.act == "answer.marked")).all() == []


def test_a_comment_too_long_or_with_a_nul_is_refused(database: Database, world: World) -> None:
    submission_id = answered(database, world, "ada")
    for comment, sentence in (("x" * (MAX_COMMENT_CHARACTERS + 1), "at most 5,000"), ("a\0b", "NUL")):
        with pytest.raises(Refused, match=sentence):
            marked(database, world, submission_id, 1.0, comment)
    marked(database, world, submission_id, 1.0, "x" * MAX_COMMENT_CHARACTERS)


def test_nobody_marks_what_a_program_or_the_key_decides(database: Database, world: World) -> None:
    with database.transaction() as session:
        ada = world.people["ada"]
        number = hand_in_answer(
            session, person_id=ada, item_id=world.item_ids[NUMERIC], answer={"number": "6"}
        ).submission_id
        code = hand_in(session, person_id=ada, item_id=world.item_id, source=b"x = 1\n").submission_id
    for submission_id, reason in ((number, Reason.INVALID), (code, Reason.INVALID), (10_000, Reason.NOT_FOUND)):
        with pytest.raises(Refused) as refused:
            marked(database, world, submission_id, 1.0)
        assert refused.value.reason is reason
    with database.reading() as session:
        assert session.get_one(WrittenAnswer, number).points == 0.0


def test_the_course_says_which_has_waited_longest(database: Database, world: World) -> None:
    first, second = answered(database, world, "ada"), answered(database, world, "bob")

    def waiting() -> tuple[int, int | None]:
        with database.reading() as session:
            (counts,) = counts_of_course(session, world.course_id)
            return counts.awaiting_marking, counts.first_to_mark

    assert waiting() == (2, first)
    marked(database, world, first, 1.0)
    assert waiting() == (1, second)
    marked(database, world, second, 1.0)
    assert waiting() == (0, None)
