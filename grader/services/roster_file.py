"""A roster as spreadsheets write it: which bytes are text, and which cells are a row."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

from grader.services.accounts import email_from, login_from, name_from
from grader.services.refusals import Reason, Refused
from grader.store.words import CourseRole

COLUMNS = ("login", "name", "email", "section", "role")
MAX_BYTES = 2 * 1024 * 1024
MAX_ROWS = 20_000
MAX_SECTION = 100


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a line cannot be taken; lines are counted from 1, as an editor shows them."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """One person of the file. None: the file says nothing about it; a section "": in none."""

    line: int
    login: str
    name: str | None
    email: str | None
    section: str | None
    role: CourseRole | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a file says, and what is wrong with it."""

    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]


def text_of(raw: bytes) -> str:
    """The file's text; Refused for what is no UTF-8 (or UTF-16 with its mark), because guessing spoils names."""
    if len(raw) > MAX_BYTES:
        raise Refused(Reason.TOO_LARGE, f"A roster has at most {MAX_BYTES // 1024 // 1024} MB.")
    encoding = "utf-16" if raw[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    try:
        return with_plain_line_ends(raw.decode(encoding))
    except UnicodeDecodeError as error:
        raise Refused(
            Reason.NOT_TEXT, 'This file is not in UTF-8. Save it again as "CSV UTF-8" in your spreadsheet.'
        ) from error


def with_plain_line_ends(text: str) -> str:
    """The same text whatever a browser or an editor made of its line ends."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def read_sheet(text: str) -> Sheet:
    """Rows in the file's order. Commas, semicolons or tabs; any line ends; columns in any order."""
    text = text.removeprefix("\ufeff")
    first, separator, rest = text.partition("\n")
    skipped = 0
    if first.strip().lower().startswith("sep=") and separator:  # what Excel puts there for itself
        text, skipped = rest, 1
    if not text.strip():
        raise Refused(Reason.EMPTY, f"The file is empty. Its first line names the columns: {', '.join(COLUMNS)}.")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    rows: list[Row] = []
    problems: list[Problem] = []
    header: list[str] | None = None
    notes: list[str] = []
    lines_of: dict[str, int] = {}
    while True:
        line = reader.line_num + 1 + skipped
        try:
            cells = next(reader, None)
        except csv.Error as error:
            problems.append(Problem(line, f"This cannot be read as CSV ({error}); a quote may not be closed."))
            break
        if cells is None:
            break
        if not any(cell.strip() for cell in cells):
            continue
        if header is None:
            header = _header(cells)
            notes = _notes(header)
            continue
        if len(rows) + len(problems) >= MAX_ROWS:
            problems.append(Problem(line, f"A roster has at most {MAX_ROWS} people."))
            break
        try:
            row = _row(line, header, cells)
        except Refused as refusal:
            problems.append(Problem(line, str(refusal)))
            continue
        if row.login in lines_of:
            problems.append(Problem(line, f"{row.login} stands in line {lines_of[row.login]} already."))
            continue
        lines_of[row.login] = line
        rows.append(row)
    return Sheet(tuple(rows), tuple(problems), tuple(notes))


def _delimiter(text: str) -> str:
    header = text.lstrip().partition("\n")[0].lower()
    return max(",;\t", key=header.count)


def _header(cells: list[str]) -> list[str]:
    header = [cell.strip().lower() for cell in cells]
    if "login" not in header:
        raise Refused(
            Reason.INVALID,
            f"The first line must name the columns, at least login; known are {', '.join(COLUMNS)}.",
        )
    twice = sorted({name for name in header if name in COLUMNS and header.count(name) > 1})
    if twice:
        raise Refused(Reason.INVALID, f"The first line names {twice[0]} twice.")
    return header


def _notes(header: list[str]) -> list[str]:
    ignored = [name or "(without a name)" for name in header if name not in COLUMNS]
    return [f"Columns that are not used: {', '.join(ignored)}."] if ignored else []


def _row(line: int, header: list[str], cells: list[str]) -> Row:
    if any(cell.strip() for cell in cells[len(header) :]):
        raise Refused(
            Reason.INVALID,
            f"This line has {len(cells)} cells and the first line {len(header)}; put quotes around text with commas.",
        )
    given = dict(zip(header, (cell.strip() for cell in cells), strict=False))
    name, email, role = given.get("name"), given.get("email"), given.get("role", "").lower()
    section = given.get("section")
    if role and role not in set(CourseRole):
        raise Refused(Reason.INVALID, f"{role!r} is no role; use {', '.join(CourseRole)}, or leave it empty.")
    return Row(
        line=line,
        login=login_from(given.get("login", "")),
        name=name_from(name) if name else None,
        email=email_from(email),
        section=section_from(section) if section else section,
        role=CourseRole(role) if role else None,
    )


def section_from(text: str) -> str:
    """The name of a section as it is stored."""
    section = name_from(text)
    if len(section) > MAX_SECTION:
        raise Refused(Reason.INVALID, f"The name of a section has at most {MAX_SECTION} characters.")
    return section
