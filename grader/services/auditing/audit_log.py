"""The audit of a course as people read it: filtered, newest first, with names for ids."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, String, cast, literal, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from grader.services.auditing.audit_sentences import Event, reason_of, sentence
from grader.services.csv_text import csv_text
from grader.store.audit import AuditEvent
from grader.store.courses import Assignment, AssignmentItem, Enrolment, Section
from grader.store.people import Person
from grader.store.questions import Question
from grader.store.submissions import Submission

PAGE_SIZE = 50
MAX_CSV_LINES = 5_000
_CHUNK = 2_000


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to look for; None: everything. `subject` is as rows have it, such as "assignment:3"."""

    kind: str | None = None  # the part of an act before its dot
    act: str | None = None
    actor_id: int | None = None
    by_nobody: bool = False  # by the grader itself
    person_id: int | None = None  # whatever was done to a student or to what they handed in
    subject: str | None = None
    since: dt.datetime | None = None
    until: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """One event in words."""

    id: int
    at: dt.datetime
    actor: str
    actor_id: int | None
    act: str
    sentence: str
    reason: str
    subject: str


@dataclass(frozen=True, slots=True)
class Page:
    """Events, newest first; `older` is the id to go on before, None at the end."""

    events: Sequence[Told]
    older: int | None


def page_of(session: Session, course_id: int, wanted: Wanted, *, before: int | None = None) -> Page:
    """The newest events of the course that are wanted, before one of them."""
    query = _query(session, course_id, wanted)
    if before is not None:
        query = query.where(AuditEvent.id < before)
    rows = _read(session, query.limit(PAGE_SIZE + 1))
    shown = rows[:PAGE_SIZE]
    return Page(_told(session, shown, {}), shown[-1].id if len(rows) > PAGE_SIZE else None)


def csv_of(session: Session, course_id: int, wanted: Wanted) -> str:
    """The same as a file, the newest `MAX_CSV_LINES`; times in UTC."""
    head = ["id", "at", "actor", "act", "subject", "sentence", "reason"]
    return csv_text([head, *_lines(session, course_id, wanted)])


def actors_of(session: Session, course_id: int) -> list[Person]:
    """Those who teach in the course or did, for a filter."""
    return list(
        session.scalars(
            select(Person)
            .join(Enrolment, Enrolment.person_id == Person.id)
            .where(Enrolment.course_id == course_id, Enrolment.role != "student")
            .order_by(Person.name, Person.id)
        )
    )


def _read(session: Session, query: Select[*tuple[Any, ...]]) -> list[Event]:
    """As plain rows: of thousands, the ORM would make thousands of objects."""
    return [Event._make(row) for row in session.connection().execute(query)]


def _query(session: Session, course_id: int, wanted: Wanted) -> Select[*tuple[Any, ...]]:
    query = (
        select(*(getattr(AuditEvent, name) for name in Event._fields))
        .where(AuditEvent.course_id == course_id)
        .order_by(AuditEvent.id.desc())
    )
    conditions: list[ColumnElement[bool]] = []
    if wanted.kind is not None:
        conditions.append(AuditEvent.act.startswith(f"{wanted.kind}.", autoescape=True))
    if wanted.act is not None:
        conditions.append(AuditEvent.act == wanted.act)
    if wanted.by_nobody:
        conditions.append(AuditEvent.actor_id.is_(None))
    elif wanted.actor_id is not None:
        conditions.append(AuditEvent.actor_id == wanted.actor_id)
    if wanted.subject is not None:
        conditions.append(AuditEvent.subject == wanted.subject)
    if wanted.person_id is not None:
        conditions.append(_about(session, course_id, wanted.person_id))
    if wanted.since is not None:
        conditions.append(AuditEvent.at >= wanted.since)
    if wanted.until is not None:
        conditions.append(AuditEvent.at < wanted.until)
    return query.where(*conditions)


def _about(session: Session, course_id: int, person_id: int) -> ColumnElement[bool]:
    """Events whose subject is the person, their enrolment here, or something that they handed in here."""
    enrolments = session.scalars(
        select(Enrolment.id).where(Enrolment.course_id == course_id, Enrolment.person_id == person_id)
    )
    named = [f"person:{person_id}", *(f"enrolment:{enrolment_id}" for enrolment_id in enrolments)]
    handed_in = select(literal("submission:") + cast(Submission.id, String)).where(
        Submission.course_id == course_id, Submission.person_id == person_id
    )
    return or_(AuditEvent.subject.in_(named), AuditEvent.subject.in_(handed_in))


def _lines(session: Session, course_id: int, wanted: Wanted) -> Iterator[list[object]]:
    before, left = None, MAX_CSV_LINES
    names: dict[str, str] = {}
    while left > 0:
        query = _query(session, course_id, wanted)
        rows = _read(session, (query if before is None else query.where(AuditEvent.id < before)).limit(_CHUNK))
        for told in _told(session, rows[:left], names):
            yield [
                told.id,
                told.at.isoformat(timespec="seconds"),
                told.actor,
                told.act,
                told.subject,
                told.sentence,
                told.reason,
            ]
        if len(rows) < _CHUNK:
            return
        before, left = rows[-1].id, left - len(rows)


def _told(session: Session, events: Sequence[Event], names: dict[str, str]) -> list[Told]:
    """The events in words; `names` are those known so far, and grow."""
    names |= _names(session, events, names)
    return [
        Told(
            id=event.id,
            at=event.at,
            actor="The grader" if event.actor_id is None else names.get(f"person:{event.actor_id}", "Somebody"),
            actor_id=event.actor_id,
            act=event.act,
            sentence=sentence(event, names),
            reason=reason_of(event),
            subject=event.subject,
        )
        for event in events
    ]


def _names(session: Session, events: Sequence[Event], known: Collection[str]) -> dict[str, str]:
    """Words for every id that the events name and that is not known, in a query for each kind of row."""
    names: dict[str, str] = {}
    for kind, ids in _ids(events, known).items():
        if kind == "submission":
            found = session.execute(_SUBMISSIONS.where(Submission.id.in_(ids)))
            for row_id, attempt, name, slug in found:
                which = "a precheck" if attempt is None else f"attempt {attempt}"
                names[f"submission:{row_id}"] = f"{which} of {name} at {slug}"
            continue
        key, wanted = _NAMED_BY[kind]
        for row_id, name in session.execute(wanted.where(key.in_(ids))):
            names[f"{kind}:{row_id}"] = name.rpartition("/")[2] if kind == "item" else name
    return names


def _ids(events: Sequence[Event], known: Collection[str]) -> dict[str, set[int]]:
    """The ids that the events name and that are not known, by kind; only kinds with some."""
    named: set[tuple[str, int]] = set()
    for event in events:
        kind, _, text = event.subject.partition(":")
        if text.isascii() and text.isdecimal() and len(text) < 10:
            named.add((kind, int(text)))
        if event.actor_id is not None:
            named.add(("person", event.actor_id))
        for key in ("person", "assignment", "item", "submission"):
            value = event.detail.get(key)
            if type(value) is int and 0 < value < 2**31:
                named.add((key, value))
    ids: dict[str, set[int]] = {}
    for kind, row_id in named:
        if (kind in _NAMED_BY or kind == "submission") and f"{kind}:{row_id}" not in known:
            ids.setdefault(kind, set()).add(row_id)
    return ids


# The query for the names of each kind of row, with the column of its ids.
_NAMED_BY: dict[str, tuple[InstrumentedAttribute[int], Select[int, str]]] = {
    "person": (Person.id, select(Person.id, Person.name)),
    "enrolment": (Enrolment.id, select(Enrolment.id, Person.name).join(Person, Person.id == Enrolment.person_id)),
    "assignment": (Assignment.id, select(Assignment.id, Assignment.title)),
    "section": (Section.id, select(Section.id, Section.name)),
    "item": (AssignmentItem.id, select(AssignmentItem.id, Question.name).join(Question)),
    "question": (Question.id, select(Question.id, Question.name)),
}
_SUBMISSIONS = (
    select(Submission.id, Submission.attempt, Person.name, AssignmentItem.slug)
    .join(Person, Person.id == Submission.person_id)
    .join(AssignmentItem, AssignmentItem.id == Submission.item_id)
)
