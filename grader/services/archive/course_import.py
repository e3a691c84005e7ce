"""A course from its archive, in one transaction: all of it, or nothing where anything is wrong with it.

Rows get ids of their own here. Whoever is new gets an account without a password, and whoever has the login of somebody
is taken for them only where an administrator says so; nobody gets rights beyond their role in this one course.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Table, func, insert, select, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from grader.services.archive.archive_checks import check_row
from grader.services.archive.archive_reader import ArchiveReader
from grader.services.archive.archive_rows import Unreadable, from_json
from grader.services.archive.archive_tables import archived_tables
from grader.services.archive.course_archive import member_of
from grader.services.auditing import audit
from grader.services.courses.new_course import SLUG
from grader.services.grades.standings import touch_everything
from grader.services.refusals import Reason, Refused
from grader.store.models import Course, Person, Question, QuestionVersion

_AT_ONCE = 500
# Ids that others may take while this transaction finds its own (PostgreSQL).
_SPARE = 1000


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of it."""

    course_id: int
    slug: str
    rows: dict[str, int]
    new_people: int
    matched_people: int
    new_questions: int


@dataclass(slots=True)
class _Numbers:
    """Ids here for ids of the archive: an offset for each table, and single ones of rows that were here before."""

    offset: dict[str, int] = field(default_factory=dict)
    last: dict[str, int] = field(default_factory=dict)
    known: dict[str, dict[int, int]] = field(
        default_factory=lambda: {"person": {}, "question": {}, "question_version": {}}
    )

    def __call__(self, table: str, id_: int) -> int:
        name = table.removeprefix("?")
        if name in self.known and id_ in self.known[name]:
            return self.known[name][id_]
        if not table.startswith("?") and not 1 <= id_ <= self.last[name]:
            raise Unreadable(f"it names row {id_} of {name}, which is not in the archive")
        return id_ + self.offset.get(name, 0)


def import_course(
    session: Session, archive: ArchiveReader, *, slug: str | None = None, match_people: bool, actor_id: int | None
) -> Imported:
    """Write the whole course; raises Refused, and then the caller's transaction must not be committed.

    `slug` gives it another name in addresses. `match_people`: whoever has the login of somebody here is that person;
    else such an archive is refused.
    """
    slug = slug or archive.slug
    if not SLUG.fullmatch(slug):
        raise Refused(Reason.INVALID, "The name of a course in addresses has a–z, digits and - (ml-2026, say).")
    if session.scalar(select(Course.id).where(Course.slug == slug)) is not None:
        raise Refused(Reason.CONFLICT, f"There is a course {slug} already. Give this one another name in addresses.")
    writer = _Writer(session, archive, slug, match_people=match_people)
    try:
        return writer.write(actor_id)
    except DBAPIError as error:
        reason = str(error.orig).splitlines()[0][:200]
        raise Refused(
            Reason.INVALID,
            f"This archive does not hang together: {writer.at} does not fit ({reason}). Nothing was changed.",
        ) from error


class _Writer:
    """One import. `at` says how far it is."""

    def __init__(self, session: Session, archive: ArchiveReader, slug: str, *, match_people: bool) -> None:
        self._session = session
        self._archive = archive
        self._slug = slug
        self._match_people = match_people
        self._numbers = _Numbers()
        self._rows: dict[str, int] = {}
        self._live: dict[int, object] = {}  # of new questions
        self._matched = 0
        self._is_new: dict[str, int] = {"person": 0, "question": 0}
        self.at = "the archive"

    def write(self, actor_id: int | None) -> Imported:
        """All tables in their order."""
        for table in archived_tables():
            self._numbers.last[table.name] = self._archive.last_id(table.name)
            if "id" in table.c:
                self._numbers.offset[table.name] = self._reserve(table)
        for table in archived_tables():
            self._write_table(table)
        if self._rows["course"] != 1:
            raise Refused(Reason.INVALID, "This archive does not hold exactly one course. Nothing was changed.")
        for question_id, version_id in self._live.items():
            self.at = "the live version of a question"
            version = self._version_here(version_id)
            self._session.execute(update(Question).where(Question.id == question_id).values(live_version_id=version))
        course_id = self._session.scalars(select(Course.id).where(Course.slug == self._slug)).one()
        touch_everything(self._session, course_id)
        detail = {"as": self._slug, "submissions": self._rows["submission"], "people": self._rows["person"]}
        audit.record(
            self._session,
            "course.imported",
            f"course:{course_id}",
            actor_id=actor_id,
            course_id=course_id,
            detail=detail,
        )
        self._session.flush()
        return Imported(
            course_id, self._slug, self._rows, self._is_new["person"], self._matched, self._is_new["question"]
        )

    def _version_here(self, version_id: object) -> int:
        try:
            if isinstance(version_id, int):
                return self._numbers("question_version", version_id)
        except Unreadable:
            pass
        raise Refused(
            Reason.INVALID, "In this archive a question's live version is none of its versions. Nothing was changed."
        )

    def _write_table(self, table: Table) -> None:
        batch: list[dict[str, Any]] = []
        before, count = 0, 0
        for number, kept in self._archive.rows(table.name):
            self.at = f"line {number} of {member_of(table.name)}"
            count += 1
            try:
                row = from_json(table, self._without_live(table, kept), self._numbers)
                check_row(table.name, row)
            except Unreadable as error:
                raise Refused(
                    Reason.INVALID, f"This archive cannot be imported: of {self.at}, {error}. Nothing was changed."
                ) from error
            if "id" in table.c:
                if kept["id"] <= before:
                    raise Refused(Reason.INVALID, f"In this archive {self.at} has an id again. Nothing was changed.")
                before = kept["id"]
            wanted = self._wanted(table, kept, row)
            if wanted is not None:
                batch.append(wanted)
            # Later rows of these may look for earlier ones.
            if len(batch) >= (1 if table.name in self._numbers.known else _AT_ONCE):
                self._flush(table, batch)
        self._flush(table, batch)
        self._rows[table.name] = count

    def _flush(self, table: Table, batch: list[dict[str, Any]]) -> None:
        alike: dict[frozenset[str], list[dict[str, Any]]] = {}
        for row in batch:
            alike.setdefault(frozenset(row), []).append(row)
        for rows in alike.values():
            self._session.connection().execute(insert(table), rows)
        batch.clear()

    def _wanted(self, table: Table, kept: dict[str, Any], row: dict[str, Any]) -> dict[str, Any] | None:
        """The row as it is to be written; None where one that is here stands for it."""
        match table.name:
            case "course":
                return {**row, "slug": self._slug}
            case "person":
                return self._person(kept, row)
            case "question":
                return self._question(kept, row)
            case "question_version":
                return self._version(kept, row)
            case "submission":
                # The key was between this person and another site.
                is_known = kept["person_id"] in self._numbers.known["person"]
                return {**row, "idempotency_key": None} if is_known else row
        return row

    def _person(self, kept: dict[str, Any], row: dict[str, Any]) -> dict[str, Any] | None:
        here = self._session.scalar(select(Person.id).where(Person.login == row["login"]))
        if here is None:
            self._is_new["person"] += 1
            return {**row, "password_hash": None, "is_admin": False, "session_key": secrets.token_urlsafe(32)}
        if not self._match_people:
            raise Refused(
                Reason.CONFLICT,
                f"There is somebody with the login {row['login']} here already. If people of this archive are the ones "
                "with these logins here, say so (match people by login); else nothing can be imported.",
            )
        self._matched += 1
        self._numbers.known["person"][kept["id"]] = here
        return None

    def _question(self, kept: dict[str, Any], row: dict[str, Any]) -> dict[str, Any] | None:
        here = self._session.scalar(select(Question.id).where(Question.name == row["name"]))
        if here is not None:
            self._numbers.known["question"][kept["id"]] = here
            return None
        self._is_new["question"] += 1
        if kept["live_version_id"] is not None:
            self._live[row["id"]] = kept["live_version_id"]
        return row

    def _version(self, kept: dict[str, Any], row: dict[str, Any]) -> dict[str, Any] | None:
        same = QuestionVersion.question_id == row["question_id"]
        here = self._session.scalar(select(QuestionVersion.id).where(same, QuestionVersion.digest == row["digest"]))
        if here is not None:
            self._numbers.known["question_version"][kept["id"]] = here
            return None
        newest = self._session.scalar(select(func.max(QuestionVersion.number)).where(same))
        is_taken = newest is not None and newest >= row["number"]
        return {**row, "number": newest + 1} if is_taken and newest is not None else row

    def _without_live(self, table: Table, kept: dict[str, Any]) -> dict[str, Any]:
        """A question's live version is written after its versions are."""
        return {**kept, "live_version_id": None} if table.name == "question" and "live_version_id" in kept else kept

    def _reserve(self, table: Table) -> int:
        """The id before the first that rows of this import get, with room for all of them."""
        highest = self._session.scalar(select(func.max(table.c.id))) or 0
        if self._session.get_bind().dialect.name == "sqlite":
            return highest  # nobody else writes until this transaction ends
        name = f"pg_get_serial_sequence('\"{table.name}\"', 'id')"
        taken = self._session.scalar(text(f"SELECT nextval({name})")) or 0
        first = max(highest, taken) + (_SPARE if highest else 0)
        self._session.execute(
            text(f"SELECT setval({name}, :last)"),
            {"last": first + max(1, self._numbers.last[table.name]) + 1},
        )
        return first


def is_administered(person: Person) -> bool:
    """Whether this person may import: an archive brings people, roles and questions."""
    return person.is_admin and person.disabled_at is None
