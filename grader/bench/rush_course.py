"""The course that a deadline rush happens in: one assignment, one question, many students with one password."""

from __future__ import annotations

import datetime as dt

from grader.clock import utc_now
from grader.services.people.accounts import create_person
from grader.services.questions.publish import publish
from grader.spec import Question
from grader.store.database import Database
from grader.store.models import Assignment, AssignmentItem, Course, Enrolment, QuestionVersion
from grader.store.words import CourseRole

PASSWORD = "rush before the deadline"  # noqa: S105  # of a database that lives for some minutes
COURSE = "rush"
ASSIGNMENT = "due-today"


def make_course(database: Database, question: Question, students: int) -> str:
    """Fill the database; the path of the question's page. Logins are student0, student1, …"""
    now = utc_now()
    day = dt.timedelta(days=1)
    slug = question.id.rpartition("/")[2]
    with database.transaction() as session:
        course = Course(slug=COURSE, title="Deadline rush", created_at=now)
        session.add(course)
        session.flush()
        assignment = Assignment(
            course_id=course.id,
            slug=ASSIGNMENT,
            title="Due today",
            opens_at=now - 7 * day,
            due_at=now + day,
            closes_at=now + 2 * day,
            created_at=now,
        )
        session.add(assignment)
        session.flush()
        version = session.get_one(QuestionVersion, publish(session, question).version_id)
        session.add(AssignmentItem(assignment_id=assignment.id, question_id=version.question_id, slug=slug))
        hashed = None
        for number in range(students):
            person = create_person(
                session, f"student{number}", f"Student {number}", password=None if hashed else PASSWORD
            )
            hashed = hashed or person.password_hash
            person.password_hash = hashed
            session.add(Enrolment(course_id=course.id, person_id=person.id, role=CourseRole.STUDENT, created_at=now))
    return f"/c/{COURSE}/a/{ASSIGNMENT}/{slug}/"
