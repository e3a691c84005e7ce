from __future__ import annotations

import datetime as dt
import statistics

import pytest
from sqlalchemy import select

from grader.clock import utc_now
from grader.services.dashboards.item_scores import (
    Figure,
    StudentAt,
    group_of,
    groups,
    headline,
    named_group,
    students_at,
    students_in,
)
from grader.services.dashboards.question_figures import Order, compared_questions
from grader.services.grades.grades import grades_of_assignment
from grader.services.grades.standings import refresh
from grader.store.database import Database
from grader.store.models import Assignment, AssignmentItem, Enrolment, Extension
from tests.classroom import Classroom, make_classroom
from tests.services.handing import graded
from tests.world import HOUR, make_world


@pytest.fixture
def classroom(database: Database) -> Classroom:
    with database.transaction() as session:
        return make_classroom(session, students=14, items=5)


def everybody(database: Database, item_id: int) -> list[StudentAt]:
    with database.reading() as session:
        return students_at(session, session.get_one(AssignmentItem, item_id))


def test_every_figure_counts_exactly_the_students_that_it_leads_to(database: Database, classroom: Classroom) -> None:
    counted = 0
    for item_id in classroom.item_ids:
        students = everybody(database, item_id)
        for figure in Figure:
            for group in groups(figure, students):
                found = students_in(students, figure, group.key)
                assert found.total == group.students
                assert {group_of(figure, student) for student in found.lines} <= {group.key}
                assert named_group(f"{figure}:{group.key}") == (figure, group.key, group.says)
                counted += group.students
    assert counted > 14 * 5


def test_every_student_is_in_one_group_of_state_and_those_with_a_score_in_one_of_scores(
    database: Database, classroom: Classroom
) -> None:
    with database.reading() as session:
        grades = grades_of_assignment(session, classroom.assignment_id)
    for item_id in classroom.item_ids:
        students = everybody(database, item_id)
        mine = {person: grade for (person, item), grade in grades.items() if item == item_id}
        by_state = {group.key: group.students for group in groups(Figure.STATE, students)}
        assert sum(by_state.values()) == len(students) == 14
        assert by_state["none"] == 14 - len(mine)
        full = sum(grade.score is not None and grade.score == grade.max_score for grade in mine.values())
        by_score = groups(Figure.SCORE, students)
        assert sum(group.students for group in by_score) == sum(grade.score is not None for grade in mine.values())
        assert by_score[-1].students == full


def test_who_has_left_the_course_and_who_teaches_it_is_in_no_figure(database: Database, classroom: Classroom) -> None:
    gone = classroom.student_ids[0]
    with database.transaction() as session:
        session.scalars(select(Enrolment).where(Enrolment.person_id == gone)).one().ended_at = utc_now()
    students = everybody(database, classroom.item_ids[0])
    assert {student.person_id for student in students} == set(classroom.student_ids) - {gone}


def test_attempts_until_solved_count_up_to_the_first_with_full_marks(database: Database) -> None:
    with database.transaction() as session:
        world = make_world(session)
    for score in (2.0, 5.0, 10.0, 4.0):
        graded(database, world, "ada", score)
    graded(database, world, "bob", 1.0)
    fresh(database, world.assignment_id)
    students = everybody(database, world.item_id)
    ada, bob = sorted(students, key=lambda student: student.name)
    assert (group_of(Figure.SOLVED, ada), group_of(Figure.SOLVED, bob)) == ("3", "not_yet")
    assert (group_of(Figure.FIRST_TRY, ada), group_of(Figure.FIRST_TRY, bob)) == ("some", "some")
    assert (group_of(Figure.REACHED, ada), group_of(Figure.REACHED, bob)) == ("full", "not_yet")
    head = headline(students)
    assert (head.tried, head.solved, head.first_try_share, head.solved_share, head.median_attempts) == (2, 1, 0, 0.5, 3)


def test_the_time_before_the_deadline_is_that_of_each_student_s_own_deadline(database: Database) -> None:
    with database.transaction() as session:
        world = make_world(session, due_at=utc_now() + 2 * HOUR)
        session.add(
            Extension(
                assignment_id=world.assignment_id,
                person_id=world.people["bob"],
                due_at=utc_now() + 30 * HOUR,
                reason="ill",
                granted_by=world.people["sam"],
                created_at=utc_now(),
            )
        )
    graded(database, world, "ada")
    graded(database, world, "bob")
    fresh(database, world.assignment_id)
    groups_of = {student.login: group_of(Figure.FIRST, student) for student in everybody(database, world.item_id)}
    assert groups_of == {"ada": "1h", "bob": "1d"}
    with database.transaction() as session:
        session.get_one(Assignment, world.assignment_id).due_at = utc_now() - dt.timedelta(minutes=5)
    groups_of = {student.login: group_of(Figure.LAST, student) for student in everybody(database, world.item_id)}
    assert groups_of == {"ada": "late", "bob": "1d"}


@pytest.mark.parametrize("text", ["", "score", "score:", "score:11", "nonsense:1", "score:full:x", ":", "x" * 500])
def test_a_group_that_does_not_exist_has_no_name(text: str) -> None:
    assert named_group(text) is None


def test_questions_beside_each_other_have_the_figures_of_each_by_itself(
    database: Database, classroom: Classroom
) -> None:
    with database.reading() as session:
        compared = compared_questions(session, classroom.assignment_id)
        orders = {order: compared_questions(session, classroom.assignment_id, order) for order in Order}
    assert [question.item_id for question in compared] == list(classroom.item_ids)
    for question in compared:
        students = everybody(database, question.item_id)
        head = headline(students)
        assert (question.students, question.tried, question.solved) == (head.students, head.tried, head.solved)
        assert question.first_try_share == head.first_try_share
        assert question.median_attempts == head.median_attempts
        shares = [one.score / one.max_score for one in students if one.score is not None]
        assert question.mean_share == pytest.approx(statistics.fmean(shares))
        assert question.handed_in == sum(student.attempts for student in students)
    assert all(len(found) == len(compared) for found in orders.values())
    rates = [question.first_try_share for question in orders[Order.FIRST_TRY]]
    assert rates == sorted(rates, key=lambda rate: 2 if rate is None else rate)


def fresh(database: Database, assignment_id: int) -> None:
    with database.transaction() as session:
        refresh(session, assignment_id)
