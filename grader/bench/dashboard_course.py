"""A course of a thousand students and a million submissions, in a PostgreSQL of its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import psycopg
from sqlalchemy.orm import Session

from grader.bench import dashboard_rows
from grader.clock import monotonic_s, utc_now
from grader.pipeline.order import CaseResult, Provenance, RunReport
from grader.services.grades.grades import item_max_score
from grader.services.grades.standings import refresh, touch_everything
from grader.services.grading.reports import encoded
from grader.services.people.accounts import create_person
from grader.services.questions.publish import publish
from grader.spec.question import Question as BankQuestion
from grader.store.database import Database
from grader.store.models import (
    Assignment,
    AssignmentItem,
    Course,
    Enrolment,
    Person,
    QuestionVersion,
    Section,
    Submission,
)
from grader.store.words import CourseRole, LateKind
from grader.vocab import Verdict, Visibility

COURSE = "deep-learning"
SECTIONS = 20
FORTNIGHT = dt.timedelta(days=14)
MOST_CASES = 9
FIRST = (
    "Ada",
    "Bela",
    "Chidi",
    "Dana",
    "Emil",
    "Fatima",
    "Goran",
    "Hana",
    "Ilya",
    "Jun",
    "Kofi",
    "Leila",
    "Mei",
    "Zoë",
)
LAST = ("Adeyemi", "Bauer", "Castillo", "Dvořák", "Eriksen", "Grabowski", "Hoshino", "Ito", "Jansen", "Kowalska", "Liu")

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Scale:
    """How much of everything."""

    students: int = 1000
    items: int = 90
    assignments: int = 5
    submissions: int = 1_000_000


@dataclass(frozen=True, slots=True)
class Made:
    """What was made, and how long the standings took to derive from nothing."""

    course_id: int
    assignment_ids: tuple[int, ...]
    staff_id: int
    submissions: int
    outcomes: int
    standings: int
    derived_s: float


def make_course(
    database: Database, connection: psycopg.Connection, questions: Sequence[BankQuestion], scale: Scale, tell: Tell
) -> Made:
    """Fill an empty database. `connection` is one of a superuser to the same: constraints are not checked meanwhile."""
    tell("people and questions")
    with database.transaction() as session:
        course_id, assignment_ids, staff_id = _frame(session, questions, scale)
    connection.execute("SET session_replication_role = replica")
    connection.execute("SELECT setseed(0.5)")
    _write_questions(database, connection, assignment_ids)
    connection.execute(
        "CREATE TEMP TABLE learner AS SELECT person_id, (random() + random() + random()) / 2.2 AS skill"
        " FROM enrolment WHERE role = 'student' AND course_id = %s",
        (course_id,),
    )
    given: dict[str, Any] = {
        "mean": scale.submissions / (scale.students * scale.items * 0.95) - 0.05,
        "course": course_id,
        "staff": staff_id,
        "marker": staff_id,
        "total": 0,
    }
    for what, statement in dashboard_rows.ALL:
        tell(what)
        connection.execute(statement, given)
        if what == "attempts":
            given["total"] = _one(connection, "SELECT count(*) FROM tried")
    tell("sequences and statistics")
    _count_on(connection)
    connection.execute("VACUUM ANALYZE")
    tell("standings")
    with database.transaction() as session:
        touch_everything(session, course_id)
    started_s = monotonic_s()
    derived = 0
    for assignment_id in assignment_ids:
        with database.transaction() as session:
            derived += refresh(session, assignment_id)
    derived_s = monotonic_s() - started_s
    connection.execute("VACUUM ANALYZE standing")
    outcomes = _one(connection, "SELECT count(*) FROM case_outcome")
    return Made(course_id, assignment_ids, staff_id, given["total"], outcomes, derived, derived_s)


def _frame(session: Session, questions: Sequence[BankQuestion], scale: Scale) -> tuple[int, tuple[int, ...], int]:
    """Everything that there are not very many of."""
    now = utc_now()
    course = Course(slug=COURSE, title="Deep Learning", term="2026", time_zone="Europe/London", created_at=now)
    session.add(course)
    session.flush()
    sections = [Section(course_id=course.id, name=f"Group {number:02}") for number in range(1, SECTIONS + 1)]
    session.add_all(sections)
    session.flush()
    staff = create_person(session, "sam", "Sam Stone")
    staff.is_admin = True  # some pages of staff are for administrators only
    session.add(Enrolment(course_id=course.id, person_id=staff.id, role=CourseRole.STAFF, created_at=now))
    people = [
        Person(
            login=f"s{number:05}",
            name=f"{FIRST[number % len(FIRST)]} {LAST[number // len(FIRST) % len(LAST)]} {number}",
            session_key="k",
            created_at=now,
        )
        for number in range(scale.students)
    ]
    session.add_all(people)
    session.flush()
    session.add_all(
        Enrolment(
            course_id=course.id,
            person_id=person.id,
            role=CourseRole.STUDENT,
            section_id=sections[number % SECTIONS].id if number % 25 else None,
            created_at=now,
        )
        for number, person in enumerate(people)
    )
    # One a fortnight, and the last one is due tomorrow.
    first_due_at = now + dt.timedelta(days=1) - FORTNIGHT * (scale.assignments - 1)
    assignments = [
        Assignment(
            course_id=course.id,
            slug=f"tutorial-{number + 1}",
            title=f"Tutorial {number + 1}",
            position=number,
            opens_at=first_due_at + FORTNIGHT * (number - 1),
            due_at=first_due_at + FORTNIGHT * number,
            late_kind=LateKind.PER_DAY,
            late_share=0.1,
            created_at=now,
        )
        for number in range(scale.assignments)
    ]
    session.add_all(assignments)
    session.flush()
    each = -(-scale.items // scale.assignments)
    for number, question in enumerate(questions[: scale.items]):
        version = session.get_one(QuestionVersion, publish(session, question).version_id)
        session.add(
            AssignmentItem(
                assignment_id=assignments[number // each].id,
                question_id=version.question_id,
                slug=f"{question.id.rpartition('/')[2]}-{number}"[:64],
                position=number,
            )
        )
    return course.id, tuple(assignment.id for assignment in assignments), staff.id


def _write_questions(database: Database, connection: psycopg.Connection, assignment_ids: Sequence[int]) -> None:
    """For the statements that make the rows: what they need to know of each question and its cases."""
    connection.execute(
        "CREATE TEMP TABLE asked (item_id int, assignment_id int, question_id int, version_id int, kind text,"
        " device text, max_score float8, hardness float8, opens_at timestamptz, due_at timestamptz, source text,"
        " report bytea)"
    )
    connection.execute(
        "CREATE TEMP TABLE asked_case (item_id int, position int, name text, visibility text, points float8, cases int)"
    )
    with database.reading() as session:
        for assignment_id in assignment_ids:
            assignment = session.get_one(Assignment, assignment_id)
            for number, item in enumerate(assignment.items):
                version = item.question.live_version
                assert version is not None
                names = [case["name"] for case in version.spec.get("case", [])][:MOST_CASES] or ["answer"]
                source = version.starter[:800] or "def f():\n    return 1\n"
                values: tuple[object, ...] = (
                    *(item.id, assignment_id, item.question_id, version.id, version.kind, version.device.value),
                    *(item_max_score(item), 0.15 + 0.5 * number / len(assignment.items)),
                    *(assignment.opens_at, assignment.due_at, source, _report(version, names)),
                )
                connection.execute(f"INSERT INTO asked VALUES ({', '.join(['%s'] * len(values))})", values)  # noqa: S608  # no values in it
                for position, name in enumerate(names):
                    visibility = "public" if position < 2 else "hidden"
                    points = version.max_score / len(names)
                    connection.execute(
                        "INSERT INTO asked_case VALUES (%s, %s, %s, %s, %s, %s)",
                        (item.id, position, name, visibility, points, len(names)),
                    )


def _report(version: QuestionVersion, names: Sequence[str]) -> bytes:
    """As long as those of real submissions; the same for all of a question, for nobody reads a million of them."""
    cases = tuple(
        CaseResult(
            name,
            Visibility.PUBLIC if position < 2 else Visibility.HIDDEN,
            Verdict.WRONG_ANSWER,
            0.0,
            version.max_score / len(names),
            diagnosis="wrong_value",
            message=f"Entry [{position}, 0] is 0.{position}; it should be 1.25. Off by a factor, here and there. " * 3,
        )
        for position, name in enumerate(names)
    )
    return encoded(
        RunReport(
            question=version.question.name,
            verdict=Verdict.WRONG_ANSWER,
            score=0.0,
            max_score=version.max_score,
            duration_ms=40,
            sandbox="docker",
            device="cpu",
            cases=cases,
            provenance=Provenance(version=version.digest, seed=7),
        )
    )


def _count_on(connection: psycopg.Connection) -> None:
    """Let new rows get numbers after those that were given here."""
    for table in (Submission.__tablename__, "grading_run", "similarity_check", "regrade"):
        connection.execute(
            f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), greatest(1, (SELECT max(id) FROM {table})))"  # noqa: S608
        )


def _one(connection: psycopg.Connection, query: str) -> int:
    row = connection.execute(query).fetchone()
    assert row is not None
    return int(row[0])
