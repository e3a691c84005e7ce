"""A small course to test with: people of every role, and published questions of the real bank."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sqlalchemy.orm import Session

from grader.clock import utc_now
from grader.services.questions.publish import publish
from grader.spec import Bank
from grader.spec.question import Question as BankQuestion
from grader.store.models import Assignment, AssignmentItem, Course, Enrolment, Person, QuestionVersion, Section
from grader.store.words import CourseRole

ROOT = Path(__file__).resolve().parent.parent
TENSOR_ADD = "infr10086/tutorial3/tensor_add"
NEG_LOG_LIKELIHOOD = "infr10086/tutorial3/neg_log_likelihood"
HOUR = dt.timedelta(hours=1)


@dataclass(frozen=True)
class World:
    """Ids, so that any session can load what it needs."""

    course_id: int
    section_id: int
    assignment_id: int
    item_ids: dict[str, int]  # by question name
    version_ids: dict[str, int]  # by question name
    people: dict[str, int]  # by login

    @property
    def item_id(self) -> int:
        """The item of tensor_add."""
        return self.item_ids[TENSOR_ADD]


def person(session: Session, login: str, **given: object) -> Person:
    """Somebody with an account and no password."""
    row = Person(
        **{"login": login, "name": login.title(), "session_key": f"key-{login}", "created_at": utc_now(), **given}
    )
    session.add(row)
    session.flush()
    return row


def enrol(session: Session, course_id: int, person_id: int, role: CourseRole, section_id: int | None = None) -> None:
    """Put somebody into a course."""
    session.add(
        Enrolment(course_id=course_id, person_id=person_id, role=role, section_id=section_id, created_at=utc_now())
    )


def make_world(
    session: Session, questions: tuple[str, ...] = (TENSOR_ADD, NEG_LOG_LIKELIHOOD), **assignment: object
) -> World:
    """A course "ml" with section "A", students ada and bob, TA tina, staff sam, and the assignment "t3", open now.

    Beside it a stranger eve in no course, and an administrator root. `assignment` sets columns of the assignment.
    """
    now = utc_now()
    course = Course(slug="ml", title="Machine Learning", term="2026", time_zone="Europe/London", created_at=now)
    session.add(course)
    session.flush()
    section = Section(course_id=course.id, name="A")
    session.add(section)
    session.flush()
    people = {login: person(session, login).id for login in ("ada", "bob", "tina", "sam", "eve")}
    people["root"] = person(session, "root", is_admin=True).id
    enrol(session, course.id, people["ada"], CourseRole.STUDENT, section.id)
    enrol(session, course.id, people["bob"], CourseRole.STUDENT)
    enrol(session, course.id, people["tina"], CourseRole.TA)
    enrol(session, course.id, people["sam"], CourseRole.STAFF)
    task = Assignment(
        **{
            "course_id": course.id,
            "slug": "t3",
            "title": "Tutorial 3",
            "opens_at": now - 24 * HOUR,
            "due_at": now + 24 * HOUR,
            "closes_at": now + 48 * HOUR,
            "created_at": now,
            **assignment,
        }
    )
    session.add(task)
    session.flush()
    items: dict[str, int] = {}
    versions: dict[str, int] = {}
    for position, name in enumerate(questions):
        versions[name] = publish(session, bank_question(name)).version_id
        version = session.get_one(QuestionVersion, versions[name])
        item = AssignmentItem(
            assignment_id=task.id, question_id=version.question_id, slug=name.rpartition("/")[2], position=position
        )
        session.add(item)
        session.flush()
        items[name] = item.id
    return World(course.id, section.id, task.id, items, versions, people)


@cache
def bank_question(name: str) -> BankQuestion:
    """A question of this checkout."""
    return Bank(ROOT / "tasks", ROOT / "reference").get(name)
