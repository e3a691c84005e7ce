"""A course leaves as one file and comes back whole; a file that is damaged or hostile changes nothing."""

from __future__ import annotations

import io
import json
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from grader.services.archive.archive_reader import ArchiveReader
from grader.services.archive.archive_tables import LEFT_OUT, archived_tables
from grader.services.archive.course_archive import member_of, write_archive
from grader.services.archive.course_import import Imported, import_course
from grader.services.grades.grades import grades_of_assignment
from grader.services.refusals import Refused
from grader.store.database import Database
from grader.store.models import (
    Assignment,
    AuditEvent,
    Base,
    Course,
    Enrolment,
    GradingRun,
    Person,
    Question,
    QuestionVersion,
    Submission,
)
from grader.store.words import CourseRole, RunState
from tests.databases import create_tables
from tests.services.full_course import make_full_course
from tests.world import person

Member = dict[str, bytes]


@pytest.fixture
def other(request: pytest.FixtureRequest, database: Database, tmp_path: Path) -> Iterator[Database]:
    """An empty database of the other kind."""
    if database.is_sqlite:
        server = request.getfixturevalue("postgres")
        with server.connect() as connection:
            connection.execute("CREATE DATABASE other_archive TEMPLATE blank")
        opened = Database(server.url("other_archive"))
        yield opened
        opened.close()
        with server.connect() as connection:
            connection.execute("DROP DATABASE other_archive WITH (FORCE)")
        return
    opened = Database(f"sqlite:///{tmp_path / 'other.db'}")
    create_tables(opened)
    yield opened
    opened.close()


@pytest.fixture
def archive(database: Database) -> bytes:
    """A course with something of everything, beside another one."""
    with database.transaction() as session:
        make_full_course(session, "before")
        course_id = make_full_course(session).course_id
    return exported(database, course_id)


def exported(database: Database, course_id: int) -> bytes:
    """The course as a file."""
    to = io.BytesIO()
    with database.reading() as session:
        write_archive(session, course_id, to)
    return to.getvalue()


def imported(database: Database, archive: bytes, *, slug: str | None = None, match: bool = False) -> Imported:
    """Read it in a transaction of its own."""
    reader = ArchiveReader(io.BytesIO(archive))
    with database.transaction() as session:
        return import_course(session, reader, slug=slug, match_people=match, actor_id=None)


def tables_of(archive: bytes) -> dict[str, list[dict[str, Any]]]:
    """All rows by table; the audit without the line that says it was imported."""
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        rows = {
            table.name: [json.loads(line) for line in opened.read(member_of(table.name)).splitlines()]
            for table in archived_tables()
        }
    rows["audit_event"] = [row for row in rows["audit_event"] if row["act"] != "course.imported"]
    return rows


def counts(database: Database) -> dict[str, int]:
    """How many rows there are of everything."""
    with database.reading() as session:
        return {
            table.name: session.scalar(select(func.count()).select_from(table)) or 0
            for table in Base.metadata.sorted_tables
        }


def changed(archive: bytes, change: Callable[[Member], None]) -> bytes:
    """The archive with other members."""
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        members = {name: opened.read(name) for name in opened.namelist()}
    change(members)
    to = io.BytesIO()
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as written:
        for name, content in members.items():
            written.writestr(name, content)
    return to.getvalue()


def with_row(archive: bytes, table: str, **columns: Any) -> bytes:
    """The first row of the table says something else."""

    def change(members: Member) -> None:
        first, *rest = members[member_of(table)].splitlines()
        row = json.loads(first) | columns
        members[member_of(table)] = b"".join(line + b"\n" for line in (json.dumps(row).encode(), *rest))

    return changed(archive, change)


def test_a_course_goes_to_the_other_kind_of_database_and_back_with_nothing_lost(
    database: Database, other: Database, archive: bytes
) -> None:
    done = imported(other, archive)
    assert tables_of(exported(other, done.course_id)) == tables_of(archive)
    with database.reading() as here, other.reading() as there:
        [old, new] = [
            session.scalars(select(Assignment).join(Course).where(Course.slug == "class")).one()
            for session in (here, there)
        ]
        of = [
            sorted((grade.score or 0.0, grade.state) for grade in grades_of_assignment(session, one.id).values())
            for session, one in ((here, old), (there, new))
        ]
        assert of[0] == of[1]


def test_it_may_stand_beside_other_courses_and_new_rows_follow_its_own(database: Database, archive: bytes) -> None:
    before = counts(database)
    done = imported(database, archive, slug="again", match=True)
    assert (done.new_people, done.new_questions) == (0, 0)
    again = tables_of(exported(database, done.course_id))
    with database.transaction() as session:
        course = session.get_one(Course, done.course_id)
        assert course.slug == "again"
        person(session, "later")  # its id is free
        session.add(
            Submission(**_like(session.scalars(select(Submission).where(Submission.course_id == course.id)).all()[-1]))
        )
        session.flush()
    original = tables_of(archive)
    for name, rows in again.items():
        assert len(rows) == len(original[name]), name
    assert counts(database)["submission"] == before["submission"] + len(original["submission"]) + 1


def _like(row: Submission) -> dict[str, object]:
    kept = {column: getattr(row, column) for column in ("course_id", "item_id", "person_id", "version_id", "source")}
    return kept | {
        "purpose": row.purpose,
        "attempt": 99,
        "origin": row.origin,
        "source_sha256": row.source_sha256,
        "submitted_at": row.submitted_at,
    }


def test_people_come_without_a_way_in_and_without_rights(other: Database, archive: bytes) -> None:
    imported(other, with_row(archive, "enrolment", role="staff"))
    with other.reading() as session:
        for one in session.scalars(select(Person)):
            assert (one.password_hash, one.is_admin) == (None, False)
            assert len(one.session_key) > 30
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        text = b"".join(opened.read(name) for name in opened.namelist())
    assert b"session_key" not in text
    assert b"password" not in opened.namelist().__repr__().encode()
    assert b"is_admin" not in text


def test_whoever_has_a_login_here_is_taken_for_them_only_when_told(other: Database, archive: bytes) -> None:
    with other.transaction() as session:
        ours = person(session, "tina-class", name="Another Tina", password_hash="kept").id
    before = counts(other)
    with pytest.raises(Refused, match="tina-class"):
        imported(other, archive)
    assert counts(other) == before
    done = imported(other, archive, match=True)
    assert done.matched_people == 1
    with other.reading() as session:
        tina = session.get_one(Person, ours)
        assert (tina.name, tina.password_hash) == ("Another Tina", "kept")
        role = session.scalars(select(Enrolment.role).where(Enrolment.person_id == ours)).one()
        assert role is CourseRole.TA


def test_a_question_that_is_here_keeps_its_live_version(database: Database, archive: bytes) -> None:
    with database.reading() as session:
        live = dict(session.execute(select(Question.id, Question.live_version_id)).all())
        versions = session.scalar(select(func.count()).select_from(QuestionVersion))
    imported(database, archive, slug="again", match=True)
    with database.reading() as session:
        assert dict(session.execute(select(Question.id, Question.live_version_id)).all()) == live
        assert session.scalar(select(func.count()).select_from(QuestionVersion)) == versions


def test_what_a_worker_had_in_its_hands_waits_again(other: Database, archive: bytes) -> None:
    imported(other, archive)
    with other.reading() as session:
        states = set(session.scalars(select(GradingRun.state)))
        assert RunState.RUNNING not in states
        assert RunState.QUEUED in states
        assert session.scalars(select(GradingRun.lease_token).where(GradingRun.lease_token.is_not(None))).all() == []


def test_the_audit_names_the_rows_that_it_named(other: Database, archive: bytes) -> None:
    imported(other, archive)
    with other.reading() as session:
        event = session.scalars(select(AuditEvent).where(AuditEvent.act == "override.set")).one()
        who = session.get_one(Person, int(event.subject.removeprefix("person:")))
        assert who.login == "s0000-class"


def test_every_table_is_in_the_archive_or_left_out_for_a_reason() -> None:
    known = {table.name for table in archived_tables()} | LEFT_OUT.keys()
    assert known >= {table.name for table in Base.metadata.sorted_tables}


def drop_last_line(members: Member) -> None:
    """One submission less."""
    name = member_of("submission")
    members[name] = b"".join(members[name].splitlines(keepends=True)[:-1])


def without_manifest(members: Member) -> None:
    """Nothing says what it is."""
    del members["manifest.json"]


def twice(members: Member) -> None:
    """One section twice."""
    name = member_of("section")
    lines = members[name].splitlines(keepends=True)
    members[name] = lines[0] + lines[0]


HOSTILE: dict[str, Callable[[bytes], bytes]] = {
    "nothing": lambda _: b"",
    "text": lambda _: b"PK but no zip",
    "cut off": lambda archive: archive[: len(archive) // 2],
    "one bit": lambda archive: archive[:3000] + bytes([archive[3000] ^ 1]) + archive[3001:],
    "a way out": lambda archive: changed(archive, lambda members: members.update({"../../etc/passwd": b"x"})),
    "an absolute way out": lambda archive: changed(archive, lambda members: members.update({"/etc/passwd": b"x"})),
    "no manifest": lambda archive: changed(archive, without_manifest),
    "a manifest of lies": lambda archive: changed(
        archive, lambda members: members.update({"manifest.json": b'{"format": "grader-course", "tables": 7}'})
    ),
    "a row less": lambda archive: changed(archive, drop_last_line),
    "a row twice": lambda archive: changed(archive, twice),
    "a bomb": lambda archive: changed(
        archive, lambda members: members.update({member_of("draft"): b"0" * 50_000_000 + b"\n"})
    ),
    "deep": lambda archive: changed(
        archive, lambda members: members.update({member_of("course"): b'{"a":' * 100_000 + b"\n"})
    ),
    "another column": lambda archive: with_row(archive, "person", is_admin=True),
    "a password": lambda archive: with_row(archive, "person", password_hash="x"),
    "somebody else's row": lambda archive: with_row(archive, "submission", item_id=-3),
    "a row beyond the archive": lambda archive: with_row(archive, "grading_run", submission_id=10**6),
    "a row that is not there": lambda archive: with_row(archive, "line_comment", submission_id=10**9),
    "another course": lambda archive: with_row(archive, "section", course_id=2),
    "true for a number": lambda archive: with_row(archive, "submission", attempt=True),
    "an endless number": lambda archive: with_row(archive, "grading_run", seed=2**80),
    "text for a number": lambda archive: with_row(archive, "override", points="1"),
    "an unknown word": lambda archive: with_row(archive, "enrolment", role="admin"),
    "a naive time": lambda archive: with_row(archive, "submission", submitted_at="2026-01-01T00:00:00"),
    "a NUL": lambda archive: with_row(archive, "assignment", title="a\0b"),
    "too long": lambda archive: with_row(archive, "assignment", title="x" * 300),
    "a way in the address": lambda archive: with_row(archive, "assignment", slug="../staff"),
    "an unknown zone": lambda archive: with_row(archive, "course", time_zone="Mars/Olympus"),
    "no base64": lambda archive: with_row(archive, "submission", source={"base64": "?"}),
    "no question": lambda archive: with_row(archive, "question_version", spec={"kind": "code"}),
    "files of another digest": lambda archive: with_row(archive, "question_version", digest="0" * 64),
    "no report": lambda archive: with_row(archive, "grading_run", report={"text": "[]"}),
    "no login": lambda archive: with_row(archive, "person", login="<script>"),
    "a foreign live version": lambda archive: with_row(archive, "question", live_version_id="1"),
    "against a constraint": lambda archive: with_row(archive, "allowance", used=-1),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_damaged_or_hostile_archive_is_refused_and_changes_nothing(
    hostile: tuple[Database, bytes], kind: str
) -> None:
    database, archive = hostile
    before = counts(database)
    with pytest.raises(Refused, match="archive"):
        imported(database, HOSTILE[kind](archive), slug="hostile", match=True)
    assert counts(database) == before


@pytest.fixture
def hostile(sqlite_url: str, good: bytes) -> Iterator[tuple[Database, bytes]]:
    """An empty SQLite database, and a good archive to spoil."""
    opened = Database(sqlite_url)
    yield opened, good
    opened.close()


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Made once."""
    made = Database(f"sqlite:///{tmp_path_factory.mktemp('good') / 'grader.db'}")
    create_tables(made)
    with made.transaction() as session:
        course_id = make_full_course(session).course_id
    archive = exported(made, course_id)
    made.close()
    return archive


def test_the_same_name_twice_in_a_zip_is_refused(hostile: tuple[Database, bytes]) -> None:
    database, archive = hostile
    to = io.BytesIO(archive)
    with zipfile.ZipFile(to, "a") as opened, pytest.warns(UserWarning, match="Duplicate"):
        opened.writestr(member_of("course"), b"{}\n")
    with pytest.raises(Refused, match="twice"):
        imported(database, to.getvalue())


def test_memory_stays_flat_however_much_was_handed_in(tmp_path: Path) -> None:
    most = []
    for count in (1, 4):
        made = Database(f"sqlite:///{tmp_path / f'{count}.db'}")
        create_tables(made)
        with made.transaction() as session:
            room = make_full_course(session)
            given = session.scalars(select(Submission).where(Submission.course_id == room.course_id)).first()
            assert given is not None
            session.add_all(
                Submission(**{**_like(given), "attempt": 100 + number, "source": b"#" * 200_000})
                for number in range(100 * count)
            )
        file = tmp_path / f"{count}.zip"
        tracemalloc.start()
        with made.reading() as session, file.open("wb") as to:
            write_archive(session, room.course_id, to)
        most.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        made.close()
    assert most[1] < 1.5 * most[0], "four times as much was handed in"
