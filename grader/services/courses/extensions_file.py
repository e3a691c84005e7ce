"""Extensions of a course as a CSV: what a file would grant, then exactly that; and those in force as a file.

Times are local, in the course's zone, such as 2026-10-23 16:00. Where clocks go back over a time, the word first or
second behind it says which of the two is meant.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.services.courses import extensions
from grader.services.csv_plan import Plan, check_as_shown, planned
from grader.services.csv_sheet import Line, cell_out, read
from grader.services.csv_text import csv_text
from grader.services.local_times import LocalTimeFault, local_of, moment_of
from grader.services.people.accounts import login_from
from grader.services.refusals import Reason, Refused
from grader.store.courses import Assignment, Course, Enrolment, Extension
from grader.store.people import Person
from grader.store.words import CourseRole

COLUMNS = ("login", "assignment", "due_at", "closes_at", "extra_attempts", "reason")
NEEDED = ("login", "assignment", "reason")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the file: what a student would get, and what it replaces."""

    line: int
    login: str
    name: str
    person_id: int
    assignment_id: int
    assignment: str
    due_at: dt.datetime | None
    closes_at: dt.datetime | None
    extra_attempts: int
    reason: str
    replaces: bool
    is_unchanged: bool

    @property
    def about(self) -> tuple[int, int]:
        """One extension for each assignment and student."""
        return self.assignment_id, self.person_id

    @property
    def named(self) -> str:
        """For people."""
        return f"{self.login} and {self.assignment}"


def plan(session: Session, course_id: int, text: str) -> Plan[Entry]:
    """What the file would do. Changes nothing; Refused where it is no such file at all."""
    sheet = read(text, COLUMNS, needed=NEEDED)
    known = _Known(session, course_id)
    return planned(sheet, course_id, lambda line: _entry(line, known))


def apply(session: Session, course_id: int, text: str, digest: str, *, actor_id: int) -> int:
    """Do what the dry run showed; how many it granted. Refused when it had problems or the course is another now."""
    session.get_one(Course, course_id, with_for_update=True)
    fresh = plan(session, course_id, text)
    check_as_shown(fresh, digest)
    for entry in fresh.in_order:
        extensions.grant(
            session,
            entry.assignment_id,
            [entry.person_id],
            reason=entry.reason,
            granted_by=actor_id,
            due_at=entry.due_at,
            closes_at=entry.closes_at,
            extra_attempts=entry.extra_attempts,
        )
    return len(fresh.changes)


def file_of(session: Session, course_id: int) -> str:
    """The extensions in force as a file that can be sent back."""
    zone = ZoneInfo(session.get_one(Course, course_id).time_zone)
    lines = (
        [
            cell_out(person.login),
            cell_out(assignment.slug),
            _time_out(extension.due_at, zone),
            _time_out(extension.closes_at, zone),
            extension.extra_attempts,
            cell_out(extension.reason),
        ]
        for extension, assignment, person, _ in extensions.live_extensions(session, course_id)
    )
    return csv_text([COLUMNS, *lines])


class _Known:
    """What stands in the database about the course, in a few queries."""

    def __init__(self, session: Session, course_id: int) -> None:
        self.zone = ZoneInfo(session.get_one(Course, course_id).time_zone)
        assignments = session.scalars(select(Assignment).where(Assignment.course_id == course_id))
        self.assignments = {assignment.slug: assignment for assignment in assignments}
        students = session.execute(
            select(Person.login, Person.id, Person.name, Enrolment.ended_at.is_(None))
            .join(Enrolment, Enrolment.person_id == Person.id)
            .where(Enrolment.course_id == course_id, Enrolment.role == CourseRole.STUDENT)
        )
        self.students = {login: (person_id, name, is_here) for login, person_id, name, is_here in students}
        self.live: dict[tuple[int, int], Extension] = {
            (assignment.id, person.id): extension
            for extension, assignment, person, _ in extensions.live_extensions(session, course_id)
        }


def _entry(line: Line, known: _Known) -> Entry:
    login = login_from(line.cells["login"])
    if login not in known.students:
        raise Refused(Reason.INVALID, f"{login} is not a student of this course.")
    person_id, name, is_here = known.students[login]
    assignment = known.assignments.get(line.cells["assignment"])
    if assignment is None:
        listed = ", ".join(list(known.assignments)[:8]) + (", …" if len(known.assignments) > 8 else "")
        raise Refused(Reason.INVALID, f"{line.cells['assignment']!r} is no assignment of this course: {listed}.")
    due_at = _time_in(line.cells["due_at"], known.zone, "due_at")
    closes_at = _time_in(line.cells["closes_at"], known.zone, "closes_at")
    extra = line.cells["extra_attempts"] or "0"
    if not (extra.isascii() and extra.isdecimal() and len(extra) <= 6):
        raise Refused(Reason.INVALID, "extra_attempts: write a whole number from 0 up, or leave it empty.")
    reason = line.cells["reason"].strip()
    errors = extensions.faults_of(assignment, reason, due_at, closes_at, int(extra))
    if errors:
        raise Refused(Reason.INVALID, " ".join(errors.values()))
    old = known.live.get((assignment.id, person_id))
    given = (due_at, closes_at, int(extra), reason)
    is_unchanged = old is not None and given == (old.due_at, old.closes_at, old.extra_attempts, old.reason)
    if not is_here and not is_unchanged:
        raise Refused(Reason.INVALID, f"{login} is not in this course any more.")
    return Entry(
        line.number,
        login,
        name,
        person_id,
        assignment.id,
        assignment.slug,
        *given,
        replaces=old is not None,
        is_unchanged=is_unchanged,
    )


def _time_in(text: str, zone: ZoneInfo, column: str) -> dt.datetime | None:
    time, _, word = text.rpartition(" ")
    choice = word.lower()
    if choice not in {"first", "second"}:
        time, choice = text, ""
    try:
        return moment_of(time, zone, choice)
    except LocalTimeFault as fault:
        behind = " Write first or second behind it." if "happens twice" in str(fault) else ""
        raise Refused(Reason.INVALID, f"{column}: {fault}{behind}") from fault


def _time_out(moment: dt.datetime | None, zone: ZoneInfo) -> str:
    if moment is None:
        return ""
    local = moment.astimezone(zone).replace(tzinfo=None)
    exact = "minutes" if (local.second, local.microsecond) == (0, 0) else "auto"
    _, choice = local_of(moment, zone)
    return f"{local.isoformat(' ', exact)} {choice}".strip()
