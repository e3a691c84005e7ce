"""Every page of TAs and course staff over a large course: what each costs, and how the database finds its rows."""

from __future__ import annotations

import gc
import os
import resource
import statistics
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from secrets import token_hex
from typing import Any

import msgspec
import psycopg
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select

from grader.bench.dashboard_course import COURSE, Made, Scale, Tell, make_course
from grader.bench.plans import Plan, plan_of
from grader.bench.servers import Postgres, running_postgres
from grader.services.marking.marking_queue import code_of
from grader.settings import EMBEDDED_BROKER, ServiceSettings
from grader.spec.question import Question as BankQuestion
from grader.store.database import Database
from grader.store.migrate import upgrade
from grader.store.models import Person
from web import create_app
from web.server import post_worker_init

ROUNDS = 5
# Whose every address is measured; of the student's pages those that TAs open from theirs.
AUDIENCES = ("ta", "staff")
ALSO = ("student.submission", "student.history", "student.course", "student.assignment")
# A page with and without the filters that change what is asked of the database.
QUERIES: dict[str, tuple[str, ...]] = {
    "ta.assignment": ("", "view=class", "sort=total", "q=ada", "section={section_id}", "page=9"),
    "staff.confirm_regrade": ("how=all",),
    "ta.scores_csv": ("", "form=long"),
    "ta.item": ("", "show=failed", "show=awaiting_marking", "show=not_accepted", "q=ada", "page=40"),
}
# They add up every student and question, and the one course of this database has all standings.
OVER_A_COURSE = ("ta.course", "ta.course_mistakes", "ta.watch_list", "staff.assignments", "staff.questions")
# Files beside a question, and folders beside the site: nothing of the course is looked up.
NEEDS_FILES = ("staff.draft_picture", "staff.picture", "staff.question_folder")
# Addresses that lead on instead of showing anything.
LEADS_ON = (302, 303)


@dataclass(frozen=True, slots=True)
class Page:
    """One address, over the rounds. Times in ms; CPU is that of the site and of the database together."""

    endpoint: str
    path: str
    status: int
    wall_ms: tuple[float, ...]
    cpu_ms: tuple[float, ...]
    statements: int
    rows: int
    bytes_sent: int
    grown_kib: int  # resident memory over the rounds
    peak_kib: int  # by how much it raised the highest resident memory so far
    plans: tuple[Plan, ...] = field(repr=False)

    @property
    def median_ms(self) -> float:
        """By the wall."""
        return statistics.median(self.wall_ms)

    @property
    def slowest_ms(self) -> float:
        """Of so few rounds the 95th percentile is the slowest."""
        return max(self.wall_ms)

    @property
    def scanned(self) -> list[str]:
        """Large tables that it reads from end to end, and need not."""
        found = {table for plan in self.plans for table in plan.scanned}
        return sorted(found - {"standing"} if self.endpoint in OVER_A_COURSE else found)

    @property
    def rows_read(self) -> int:
        """Of large tables."""
        return sum(plan.rows_read for plan in self.plans)


@dataclass(frozen=True, slots=True)
class Dashboards:
    """The course, every page, and what could not be measured because nobody said how to fill its address."""

    made: Made
    pages: tuple[Page, ...]
    trivial: Page
    unfilled: tuple[str, ...]


def dashboards(
    questions: Sequence[BankQuestion],
    scale: Scale,
    tell: Tell,
    *,
    rounds: int = ROUNDS,
    only: str = "",
    only_without_index: bool = False,
    keep: Path | None = None,
) -> Dashboards:
    """Make the course in a PostgreSQL of its own and ask for every page.

    `only_without_index`: PostgreSQL scans a table only where no index would do, so that a small course shows what a
    large one would miss. `keep`: a folder for the database, which is made there once and measured again as it is.
    """
    kept = None if keep is None else keep / "made.json"
    with running_postgres(keep) as postgres, tempfile.TemporaryDirectory(prefix="grader-dashboards-") as folder:
        _set(postgres, [] if not only_without_index else ["enable_seqscan = off"])
        if kept is not None and kept.exists():
            url, made = postgres.url("grader"), msgspec.json.decode(kept.read_bytes(), type=Made)
            upgrade(url)
        else:
            url = _prepared(postgres)
            database = Database(url, connections=2)
            with postgres.connect("grader") as connection:
                made = make_course(database, connection, questions, scale, tell)
            database.close()
            if kept is not None:
                kept.write_bytes(msgspec.json.encode(made))
        with postgres.connect("grader") as connection:
            values = values_of(connection, made)
        app = create_app(
            ServiceSettings(data_dir=Path(folder), database_url=url, broker_url=EMBEDDED_BROKER, secret_key=token_hex())
        )
        with postgres.connect("grader") as connection, _as_served():
            return measured(app, connection, made, values, tell, rounds=rounds, only=only)


@contextmanager
def _as_served() -> Iterator[None]:
    """What is in memory is left out of collections of garbage, as in the processes that serve the site: here there are
    the questions of the bank besides."""
    threshold = gc.get_threshold()
    post_worker_init(None)
    try:
        yield
    finally:
        gc.unfreeze()
        gc.set_threshold(*threshold)


def measured(
    app: Flask,
    connection: psycopg.Connection,
    made: Made,
    values: Mapping[str, Any],
    tell: Tell,
    *,
    rounds: int = ROUNDS,
    only: str = "",
) -> Dashboards:
    """Ask for every page whose name holds `only`, as one of the staff."""
    watch = _Watch(app, connection)
    client = _entered(app, made.staff_id)
    trivial = watch.page(client, "health.healthz", "/healthz", rounds)
    found, unfilled = addresses(app, values)
    pages = []
    for endpoint, path in found:
        if only in f"{endpoint} {path}":
            tell(path)
            pages.append(watch.page(client, endpoint, path, rounds))
    watch.close()
    return Dashboards(made, tuple(pages), trivial, tuple(unfilled))


def addresses(app: Flask, values: Mapping[str, Any]) -> tuple[list[tuple[str, str]], list[str]]:
    """Every page of the audiences with its address; and those whose address lacks a value."""
    of_parts: dict[str, dict[str, Any]] = values.get("of_parts", {})
    found, unfilled = [], []
    with app.test_request_context():
        adapter = app.url_map.bind("localhost")
        for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
            is_asked = rule.endpoint.partition(".")[0] in AUDIENCES or rule.endpoint in ALSO
            if not is_asked or "GET" not in (rule.methods or ()):
                continue
            if rule.endpoint in NEEDS_FILES:
                continue
            given = {**values, **next((kept for part, kept in of_parts.items() if part in rule.endpoint), {})}
            missing = sorted(rule.arguments - given.keys())
            if missing:
                unfilled.append(f"{rule.rule} ({', '.join(missing)})")
                continue
            path = adapter.build(rule.endpoint, {name: given[name] for name in rule.arguments})
            queries = QUERIES.get(rule.endpoint, ("",))
            found += [(rule.endpoint, f"{path}?{query.format(**values)}" if query else path) for query in queries]
    return found, unfilled


_OF_COURSE = """
SELECT i.id AS item_id, i.slug AS item_slug, a.slug AS assignment_slug, a.id AS assignment_id, i.question_id,
    v.id AS version_id, v.number
FROM assignment_item i JOIN assignment a ON a.id = i.assignment_id JOIN question q ON q.id = i.question_id
JOIN question_version v ON v.id = q.live_version_id WHERE a.course_id = %(course)s AND v.kind = %(kind)s
ORDER BY a.position DESC, i.position LIMIT 1
"""
# What stands for each variable of the addresses: of the first question that is answered with a program.
_VALUES: dict[str, str] = {
    "person_id": "SELECT person_id FROM standing WHERE item_id = %(item_id)s ORDER BY attempts DESC LIMIT 1",
    "submission_id": "SELECT last_submission_id FROM standing WHERE item_id = %(item_id)s ORDER BY attempts DESC"
    " LIMIT 1",
    "run_id": "SELECT r.id FROM grading_run r JOIN standing s ON s.last_submission_id = r.submission_id"
    " WHERE s.item_id = %(item_id)s ORDER BY s.attempts DESC LIMIT 1",
    "other_id": "SELECT submission_id FROM standing WHERE item_id = %(item_id)s ORDER BY attempts DESC LIMIT 1",
    "mistake": "SELECT mistake FROM grading_run r JOIN submission s ON s.id = r.submission_id"
    " WHERE s.item_id = %(item_id)s AND r.is_live AND r.mistake IS NOT NULL"
    " GROUP BY mistake ORDER BY count(*) DESC LIMIT 1",
    "section_id": "SELECT min(id) FROM section",
    "extension_id": "SELECT min(id) FROM extension",
    "override_id": "SELECT min(id) FROM override",
    "request_id": "SELECT min(id) FROM regrade_request",
    "comment_id": "SELECT min(id) FROM saved_comment",
    "regrade_id": "SELECT min(id) FROM regrade",
    "check_id": "SELECT min(c.id) FROM similarity_check c JOIN similar_pair p ON p.check_id = c.id",
    "similar_id": "SELECT min(p.id) FROM similar_pair p JOIN similarity_check c ON c.id = p.check_id"
    " WHERE c.item_id = %(item_id)s",
    "draft_id": "SELECT min(id) FROM question_draft",
    "verification_id": "SELECT min(id) FROM verification",
}


_REGRADED = "SELECT regrade_id, submission_id FROM regrade_run ORDER BY regrade_id, submission_id LIMIT 1"
_ANSWER = "SELECT max(id) AS id FROM submission WHERE item_id = %(item_id)s"


def values_of(connection: psycopg.Connection, made: Made) -> dict[str, Any]:
    """What to fill addresses with, by the names of their variables."""
    with connection.cursor(row_factory=psycopg.rows.dict_row) as cursor:
        found = cursor.execute(_OF_COURSE, {"course": made.course_id, "kind": "code"}).fetchone()
        assert found is not None
        values: dict[str, Any] = {**found, "course_slug": COURSE}
        for name, query in _VALUES.items():
            row = cursor.execute(query, values).fetchone()
            value = None if row is None else next(iter(row.values()))
            if value is not None:
                values[name] = value
        parts: dict[str, dict[str, Any]] = {}  # by what the names of endpoints hold
        text = cursor.execute(_OF_COURSE, {"course": made.course_id, "kind": "text"}).fetchone()
        if text is not None:  # a small course may lack it
            answer = cursor.execute(_ANSWER, text).fetchone()
            assert answer is not None
            parts[".marking"] = {**text, "code": code_of(text["item_id"], made.staff_id, answer["id"])}
        pair = cursor.execute(_REGRADED).fetchone()
        if pair is not None:
            parts[".regrade"] = dict(pair)
    return {**values, "of_parts": parts}


# Made to be thrown away: nothing waits for a disk while a million rows are written. And one process for each statement,
# for what others do beside it would be counted nowhere.
_SETTINGS = ("fsync = off", "synchronous_commit = off", "max_wal_size = '8GB'", "max_parallel_workers_per_gather = 0")


def _set(postgres: Postgres, also: Sequence[str]) -> None:
    with postgres.connect() as connection:
        for setting in (*_SETTINGS, *also):
            connection.execute(f"ALTER SYSTEM SET {setting}")
        connection.execute("SELECT pg_reload_conf()")


def _prepared(postgres: Postgres) -> str:
    with postgres.connect() as connection:
        connection.execute("DROP DATABASE IF EXISTS grader")  # kept, and not made to the end
        connection.execute("CREATE DATABASE grader")
    url = postgres.url("grader")
    upgrade(url)
    return url


def _entered(app: Flask, person_id: int) -> FlaskClient:
    database: Database = app.extensions["grader.database"]
    with database.reading() as session:
        person = session.scalars(select(Person).where(Person.id == person_id)).one()
        cookie = f"{person.id}:{person.session_key}"
    client = app.test_client()
    with client.session_transaction() as kept:
        kept["_user_id"], kept["_fresh"] = cookie, True
    return client


class _Watch:
    """Counts what requests make the process, its memory and the database do."""

    def __init__(self, app: Flask, connection: psycopg.Connection) -> None:
        self._database: Database = app.extensions["grader.database"]
        self._connection = connection
        self._asked: list[tuple[str, Any]] = []
        self._rows = 0
        event.listen(self._database.engine, "after_cursor_execute", self._note)

    def close(self) -> None:
        """Let go of the site's connections."""
        event.remove(self._database.engine, "after_cursor_execute", self._note)
        self._database.close()

    def page(self, client: FlaskClient, endpoint: str, path: str, rounds: int) -> Page:
        """Once to warm up, `rounds` times measured, and once more what its statements do."""
        peak_kib = _peak_kib()
        status, size = self._ask(client, path)
        wall_ms: list[float] = []
        cpu_ms: list[float] = []
        before_kib = _resident_kib()
        for _ in range(rounds):
            self._asked.clear()
            self._rows = 0
            with _timed(self._backends(), wall_ms, cpu_ms):
                status, size = self._ask(client, path)
        asked = list(self._asked)
        rows, grown_kib, raised_kib = self._rows, _resident_kib() - before_kib, _peak_kib() - peak_kib
        plans = [plan_of(self._connection, statement, given) for statement, given in asked]
        return Page(
            endpoint=endpoint,
            path=path,
            status=status,
            wall_ms=tuple(wall_ms),
            cpu_ms=tuple(cpu_ms),
            statements=len(asked),
            rows=rows,
            bytes_sent=size,
            grown_kib=grown_kib,
            peak_kib=raised_kib,
            plans=tuple(plan for plan in plans if plan is not None),
        )

    def _ask(self, client: FlaskClient, path: str) -> tuple[int, int]:
        answer = client.get(path, headers={"Accept": "text/html"})
        size = len(answer.data)
        answer.close()
        return answer.status_code, size

    def _note(self, _connection: object, cursor: Any, statement: str, given: Any, *_rest: object) -> None:
        self._asked.append((statement, given))
        self._rows += max(0, cursor.rowcount)

    def _backends(self) -> list[int]:
        """The server's processes that serve the site."""
        query = "SELECT pid FROM pg_stat_activity WHERE datname = 'grader' AND pid <> pg_backend_pid()"
        return [int(row[0]) for row in self._connection.execute(query)]


@contextmanager
def _timed(backends: Sequence[int], wall_ms: list[float], cpu_ms: list[float]) -> Iterator[None]:
    cpu_ns, started_ns = time.process_time_ns() + _cpu_ns(backends), time.perf_counter_ns()
    yield
    wall_ms.append((time.perf_counter_ns() - started_ns) / 1e6)
    cpu_ms.append((time.process_time_ns() + _cpu_ns(backends) - cpu_ns) / 1e6)


def _cpu_ns(pids: Sequence[int]) -> int:
    """What these processes have used; a connection that is gone has used nothing."""
    used = 0
    for pid in pids:
        file = Path(f"/proc/{pid}/schedstat")
        if file.exists():
            used += int(file.read_text(encoding="ascii").split()[0])
    return used


def _resident_kib() -> int:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") // 1024


def _peak_kib() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
