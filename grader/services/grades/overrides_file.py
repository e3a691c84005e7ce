"""Overrides of an assignment as a CSV: what a file would change, then exactly that; and those in force as a file."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.services.csv_plan import Plan, check_as_shown, planned
from grader.services.csv_sheet import Line, Sheet, cell_out, read
from grader.services.csv_text import csv_text
from grader.services.grades.grades import ItemGrade, grades_of_assignment, item_max_score
from grader.services.grades.overrides import clean_reason, faults_of, live_overrides, set_points
from grader.services.people.accounts import login_from
from grader.services.refusals import Reason, Refused
from grader.store.courses import Assignment, AssignmentItem, Enrolment
from grader.store.decisions import Override
from grader.store.people import Person
from grader.store.words import CourseRole

COLUMNS = ("login", "question", "points", "reason")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the file and the grade that it changes."""

    line: int
    login: str
    name: str
    person_id: int
    item_id: int
    question: str
    before: float | None
    points: float
    max_score: float
    reason: str
    replaces: bool  # an override that is in force
    is_unchanged: bool

    @property
    def about(self) -> tuple[int, int]:
        """One override for each question and student."""
        return self.item_id, self.person_id

    @property
    def named(self) -> str:
        """For people."""
        return f"{self.login} and {self.question}"


def plan(session: Session, assignment_id: int, text: str) -> Plan[Entry]:
    """What the file would do. Changes nothing; Refused where it is no such file at all."""
    sheet = read(text, COLUMNS, needed=COLUMNS)
    known = _Known(session, assignment_id, sheet)
    return planned(sheet, assignment_id, lambda line: _entry(line, known))


def apply(session: Session, assignment_id: int, text: str, digest: str, *, actor_id: int) -> int:
    """Do what the dry run showed; how many grades it set. Refused when it had problems or grades are others now."""
    session.get_one(Assignment, assignment_id, with_for_update=True)
    fresh = plan(session, assignment_id, text)
    check_as_shown(fresh, digest)
    for entry in fresh.in_order:
        set_points(session, entry.item_id, entry.person_id, points=entry.points, reason=entry.reason, set_by=actor_id)
    return len(fresh.changes)


def file_of(session: Session, assignment_id: int) -> str:
    """The overrides in force as a file that can be sent back; nothing is rounded."""
    lines = (
        [
            cell_out(live.person.login),
            cell_out(live.item.slug),
            repr(float(live.override.points)),
            cell_out(live.override.reason),
        ]
        for live in live_overrides(session, assignment_id)
    )
    return csv_text([COLUMNS, *lines])


class _Known:
    """What stands in the database about the file's students and questions, in a few queries."""

    def __init__(self, session: Session, assignment_id: int, sheet: Sheet) -> None:
        assignment = session.get_one(Assignment, assignment_id)
        self.items: dict[str, AssignmentItem] = {item.slug: item for item in assignment.items}
        students = session.execute(
            select(Person.login, Person.id, Person.name)
            .join(Enrolment, Enrolment.person_id == Person.id)
            .where(Enrolment.course_id == assignment.course_id, Enrolment.role == CourseRole.STUDENT)
        )
        self.students = {login: (person_id, name) for login, person_id, name in students}
        self.live: dict[tuple[int, int], Override] = {
            (live.item.id, live.person.id): live.override for live in live_overrides(session, assignment_id)
        }
        self.grades: dict[tuple[int, int], ItemGrade] = (
            grades_of_assignment(session, assignment_id) if sheet.lines else {}
        )


def _entry(line: Line, known: _Known) -> Entry:
    login = login_from(line.cells["login"])
    if login not in known.students:
        raise Refused(Reason.INVALID, f"{login} is not a student of this course.")
    person_id, name = known.students[login]
    item = known.items.get(line.cells["question"])
    if item is None:
        listed = ", ".join(list(known.items)[:8]) + (", …" if len(known.items) > 8 else "")
        raise Refused(Reason.INVALID, f"{line.cells['question']!r} is no question of this assignment: {listed}.")
    try:
        points = float(line.cells["points"].replace(",", "."))
    except ValueError:
        points = None
    reason = clean_reason(line.cells["reason"])
    errors = faults_of(item, points, reason)
    if errors or points is None:
        raise Refused(Reason.INVALID, " ".join(errors.values()))
    old = known.live.get((item.id, person_id))
    grade = known.grades.get((person_id, item.id))
    return Entry(
        line=line.number,
        login=login,
        name=name,
        person_id=person_id,
        item_id=item.id,
        question=item.slug,
        before=None if grade is None else grade.score,
        points=points,
        max_score=item_max_score(item),
        reason=reason,
        replaces=old is not None,
        is_unchanged=old is not None and (old.points, old.reason) == (points, reason),
    )
