"""A course's people against a file: first what would change, then exactly that.

A file adds people, changes them, and (only when asked to) ends students whom it does not name. It never ends TAs or
staff, whom registries rarely know, and it never leaves a course without staff.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from grader.clock import utc_now
from grader.services.auditing import audit
from grader.services.csv_sheet import Problem, with_plain_line_ends
from grader.services.csv_text import csv_text
from grader.services.grades.standings import touch_people
from grader.services.people import accounts, invitations
from grader.services.people.roster_file import Row, read_sheet
from grader.services.refusals import Reason, Refused
from grader.store.courses import Course, Enrolment, Section
from grader.store.people import Person
from grader.store.words import CourseRole


class Kind(StrEnum):
    """What a file's line comes to."""

    NEW_PERSON = "new_person"
    NEW_ENROLMENT = "new_enrolment"  # somebody who has an account
    BACK = "back"  # an enrolment that was ended
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Change:
    """One cell that differs from what is kept."""

    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One person of the file, as they will be."""

    line: int
    kind: Kind
    login: str
    name: str
    email: str | None
    role: CourseRole
    section: str | None
    changes: tuple[Change, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Missing:
    """A student whom the file does not name."""

    login: str
    name: str
    section: str | None


@dataclass(frozen=True, slots=True)
class RosterPlan:
    """A dry run. `digest` stands for all that it shows: applying takes it again and compares."""

    course_id: int
    text: str
    entries: tuple[Entry, ...]
    missing: tuple[Missing, ...]
    new_sections: tuple[str, ...]
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]
    digest: str

    def of_kind(self, *kinds: Kind) -> list[Entry]:
        """The entries of these kinds, in the file's order."""
        return [entry for entry in self.entries if entry.kind in kinds]

    @property
    def changes_nothing(self) -> bool:
        """Whether applying it, without ending anybody, would do nothing."""
        return all(entry.kind is Kind.UNCHANGED for entry in self.entries)


@dataclass(frozen=True, slots=True)
class Link:
    """A new person's invitation: `token` ends the link, and nobody can see it again."""

    login: str
    name: str
    email: str | None
    token: str


@dataclass(frozen=True, slots=True)
class Applied:
    """What was done."""

    links: tuple[Link, ...]
    ended: int


def plan(session: Session, course_id: int, csv_text: str, *, actor_id: int | None = None) -> RosterPlan:
    """What the file would do to the course. Changes nothing; Refused where it is no roster at all."""
    csv_text = with_plain_line_ends(csv_text)
    sheet = read_sheet(csv_text)
    known = _Known(session, course_id, [row.login for row in sheet.rows])
    entries: list[Entry] = []
    problems = list(sheet.problems)
    for row in sheet.rows:
        try:
            entries.append(_entry(row, known))
        except Refused as refusal:
            problems.append(Problem(row.line, str(refusal)))
    problems += _staff_problems(entries, known, actor_id)
    named = {entry.login for entry in entries}
    missing = [
        Missing(enrolment.person.login, enrolment.person.name, _section_name(enrolment))
        for enrolment in known.live
        if enrolment.role is CourseRole.STUDENT and enrolment.person.login not in named
    ]
    wanted_sections = {entry.section for entry in entries if entry.section}
    new_sections = tuple(sorted(wanted_sections - known.sections.keys()))
    shown = (tuple(entries), tuple(sorted(missing, key=lambda gone: gone.login)), new_sections)
    digest = hashlib.sha256(repr((course_id, csv_text, shown)).encode("utf-8", "surrogatepass")).hexdigest()
    problems.sort(key=lambda problem: problem.line)
    return RosterPlan(course_id, csv_text, *shown, tuple(problems), sheet.notes, digest)


def apply(
    session: Session,
    shown: RosterPlan,
    actor_id: int | None,
    *,
    end_missing: bool = False,
    now: dt.datetime | None = None,
) -> Applied:
    """Do what the dry run showed. Refused when it had problems, or when the course is not as it was then."""
    now = now or utc_now()
    lock_course(session, shown.course_id)
    fresh = plan(session, shown.course_id, shown.text, actor_id=actor_id)
    if fresh.problems:
        raise Refused(Reason.INVALID, "Put the lines right that are named, and import the file again.")
    if fresh.digest != shown.digest:
        raise Refused(Reason.CONFLICT, "The roster was changed since you looked at this. Look at the changes again.")
    sections = _sections_made(session, shown.course_id, fresh.new_sections)
    people = {person.login: person for person in _people(session, [entry.login for entry in fresh.entries])}
    enrolments = {row.person_id: row for row in _enrolments(session, shown.course_id)}
    links: list[Link] = []
    for entry in fresh.entries:
        if entry.kind is Kind.UNCHANGED:
            continue
        section_id = sections[entry.section].id if entry.section else None
        if entry.kind is Kind.NEW_PERSON:
            person = accounts.create_person(session, entry.login, entry.name, email=entry.email)
            _, token = invitations.invite(
                session,
                shown.course_id,
                entry.role,
                actor_id=actor_id,
                login=entry.login,
                section_id=section_id,
                now=now,
            )
            links.append(Link(entry.login, entry.name, entry.email, token))
        else:
            person = people[entry.login]
            person.name, person.email = entry.name, entry.email
        enrolment = enrolments.get(person.id)
        if enrolment is None:
            enrolment = Enrolment(course_id=shown.course_id, person_id=person.id, created_at=now)
            session.add(enrolment)
        enrolment.role, enrolment.section_id, enrolment.ended_at = entry.role, section_id, None
    ended = fresh.missing if end_missing else ()
    gone = {missing.login for missing in ended}
    for enrolment in enrolments.values():
        if enrolment.person.login in gone:
            enrolment.ended_at = now
            invitations.revoke_open(session, shown.course_id, enrolment.person.login, now)
    session.flush()
    touch_people(session, shown.course_id, [person.id for person in people.values()])
    detail = {
        "changed": {
            entry.login: [entry.kind.value, *([change.field, change.old, change.new] for change in entry.changes)]
            for entry in fresh.entries
            if entry.kind is not Kind.UNCHANGED
        },
        "ended": sorted(gone),
    }
    audit.record(
        session,
        "roster.applied",
        f"course:{shown.course_id}",
        actor_id=actor_id,
        course_id=shown.course_id,
        detail=detail,
        now=now,
    )
    return Applied(tuple(links), len(gone))


def links_csv(links: Iterable[tuple[Link, str]]) -> str:
    """New people with the whole addresses of their links, for a mail merge."""
    lines = ([link.login, link.name, link.email, address] for link, address in links)
    return csv_text([["login", "name", "email", "link"], *lines])


def lock_course(session: Session, course_id: int) -> None:
    """Until the transaction ends nobody else changes who is in the course."""
    session.execute(select(Course.id).where(Course.id == course_id).with_for_update())


class _Known:
    """What stands in the database about a file's people and the course, in four queries."""

    def __init__(self, session: Session, course_id: int, logins: list[str]) -> None:
        self.people = {person.login: person for person in _people(session, logins)}
        self.enrolments = {row.person_id: row for row in _enrolments(session, course_id)}
        self.sections = {section.name: section for section in _sections(session, course_id)}
        ids = [person.id for person in self.people.values()]
        first = select(func.min(Enrolment.id)).where(Enrolment.person_id.in_(ids)).group_by(Enrolment.person_id)
        elsewhere = select(Enrolment.person_id).where(Enrolment.id.in_(first), Enrolment.course_id != course_id)
        self.brought_in_elsewhere = set(session.scalars(elsewhere))

    @property
    def live(self) -> list[Enrolment]:
        """Enrolments that last."""
        return [enrolment for enrolment in self.enrolments.values() if enrolment.ended_at is None]


def _entry(row: Row, known: _Known) -> Entry:
    person = known.people.get(row.login)
    if person is None:
        if row.name is None:
            raise Refused(Reason.INVALID, f"{row.login} is new and needs a name.")
        role = row.role or CourseRole.STUDENT
        return Entry(row.line, Kind.NEW_PERSON, row.login, row.name, row.email, role, row.section or None)
    enrolment = known.enrolments.get(person.id)
    note = "The account is disabled." if person.disabled_at is not None else ""
    name, email = row.name or person.name, row.email or person.email
    if person.id in known.brought_in_elsewhere or person.is_admin:
        # The name belongs to the person and the course they came with, not to whoever adds them to another.
        if (name, email) != (person.name, person.email):
            note = f"{note} Name and e-mail stay as they are in the account.".strip()
        name, email = person.name, person.email
    if enrolment is None or enrolment.ended_at is not None:
        kind = Kind.NEW_ENROLMENT if enrolment is None else Kind.BACK
        role, section = row.role or CourseRole.STUDENT, row.section or None
        old_role = old_section = ""
    else:
        kind, role = Kind.CHANGED, row.role or enrolment.role
        old_role, old_section = enrolment.role.value, _section_name(enrolment) or ""
        section = (old_section if row.section is None else row.section) or None
    compared = [Change("name", person.name, name), Change("email", person.email or "", email or "")]
    if kind is Kind.CHANGED:
        compared += [Change("role", old_role, role.value), Change("section", old_section, section or "")]
    changes = tuple(change for change in compared if change.old != change.new)
    if kind is Kind.CHANGED and not changes:
        kind = Kind.UNCHANGED
    return Entry(row.line, kind, row.login, name, email, role, section, changes, note)


def _staff_problems(entries: list[Entry], known: _Known, actor_id: int | None) -> list[Problem]:
    """Lines that would take the actor's own staff role away, or the last member of staff."""
    staff = {enrolment.person.login for enrolment in known.live if enrolment.role is CourseRole.STAFF}
    actor = next((row.person.login for row in known.live if row.person_id == actor_id), None)
    demoted = {entry.login: entry for entry in entries if entry.login in staff and entry.role is not CourseRole.STAFF}
    if actor in demoted:
        text = "This would take your own staff role away; somebody else of the staff must do that."
        return [Problem(demoted[actor].line, text)]
    promoted = any(entry.role is CourseRole.STAFF and entry.login not in staff for entry in entries)
    if staff and staff == demoted.keys() and not promoted:
        line = max(entry.line for entry in demoted.values())
        return [Problem(line, "This would leave the course without staff.")]
    return []


def _section_name(enrolment: Enrolment) -> str | None:
    return enrolment.section.name if enrolment.section is not None else None


def _people(session: Session, logins: Iterable[str]) -> list[Person]:
    return list(session.scalars(select(Person).where(Person.login.in_(list(logins)))))


def _enrolments(session: Session, course_id: int) -> list[Enrolment]:
    found = select(Enrolment).where(Enrolment.course_id == course_id).order_by(Enrolment.id)
    options = (joinedload(Enrolment.person), joinedload(Enrolment.section))
    return list(session.scalars(found.options(*options).execution_options(populate_existing=True)))


def _sections(session: Session, course_id: int) -> list[Section]:
    return list(session.scalars(select(Section).where(Section.course_id == course_id).order_by(Section.name)))


def _sections_made(session: Session, course_id: int, names: Iterable[str]) -> dict[str, Section]:
    session.add_all([Section(course_id=course_id, name=name) for name in names])
    session.flush()
    return {section.name: section for section in _sections(session, course_id)}
