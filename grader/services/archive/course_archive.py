"""A whole course as one file: a zip with a manifest and a file of JSON lines for each table.

Nothing that lets anybody in is in it: no passwords, no tokens, no invitations. Everything else of the course is, also
the reference solutions of its questions: keep it where you keep those.
"""

from __future__ import annotations

import json
import zipfile
from typing import IO, Any

from sqlalchemy import Table, func, select
from sqlalchemy.orm import Session

from grader.clock import utc_now
from grader.services.archive.archive_rows import to_json
from grader.services.archive.archive_tables import archived_tables, belongs
from grader.services.refusals import Reason, Refused
from grader.store.courses import Course

FORMAT = "grader-course"
FORMAT_VERSION = 1
MANIFEST = "manifest.json"
README = "README.txt"
_AT_ONCE = 50
_ABOUT = """A course of the grader, exported whole.

manifest.json says what it is. Each file under tables/ holds the rows of one table, one JSON object a line, in the order
of their ids; ids are counted from the first row of the course. Bytes are {"text": …} where they are UTF-8, else
{"base64": …}. `grader course import` reads it.
"""


def member_of(table: str) -> str:
    """The file of a table in the archive."""
    return f"tables/{table}.jsonl"


def write_archive(session: Session, course_id: int, to: IO[bytes]) -> dict[str, int]:
    """Write the course to a binary file; how many rows of each table. One row is in memory at a time."""
    course = session.get(Course, course_id)
    if course is None:
        raise Refused(Reason.NOT_FOUND, "There is no such course.")
    first = {table.name: _first_id(session, table, course_id) for table in archived_tables()}

    def renumber(table: str, id_: int) -> int:
        return id_ - first[table.removeprefix("?")] + 1

    counts: dict[str, int] = {}
    tables: dict[str, Any] = {}
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(README, _ABOUT)
        for table in archived_tables():
            last = 0
            counts[table.name] = 0
            rows = session.connection().execute(
                select(table).where(belongs(table, course_id)).order_by(*table.primary_key.columns),
                execution_options={"yield_per": _AT_ONCE},
            )
            with archive.open(member_of(table.name), "w", force_zip64=True) as file:
                for row in rows.mappings():
                    kept = to_json(table, {column.name: row[column] for column in table.columns}, renumber)
                    last = max(last, kept.get("id", 0))
                    counts[table.name] += 1
                    file.write(json.dumps(kept, ensure_ascii=False, sort_keys=True).encode("utf-8", "replace") + b"\n")
            tables[table.name] = {"rows": counts[table.name], "last_id": last}
        manifest = {
            "format": FORMAT,
            "format_version": FORMAT_VERSION,
            "made_at": utc_now().isoformat(),
            "course": {"slug": course.slug, "title": course.title, "term": course.term},
            "tables": tables,
        }
        archive.writestr(MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))
    return counts


def _first_id(session: Session, table: Table, course_id: int) -> int:
    if "id" not in table.c:
        return 1
    return session.scalar(select(func.min(table.c.id)).where(belongs(table, course_id))) or 1
