"""A roster as spreadsheets write it: which cells are a row."""

from __future__ import annotations

from dataclasses import dataclass

from grader.services.csv_sheet import Problem, cells_by_line, header_of
from grader.services.people.accounts import email_from, login_from, name_from
from grader.services.refusals import Reason, Refused
from grader.store.words import CourseRole

COLUMNS = ("login", "name", "email", "section", "role")
MAX_ROWS = 20_000
MAX_SECTION = 100


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


def read_sheet(text: str) -> Sheet:
    """Rows in the file's order. Commas, semicolons or tabs; any line ends; columns in any order."""
    rows: list[Row] = []
    problems: list[Problem] = []
    header: list[str] = []
    notes: list[str] = []
    lines_of: dict[str, int] = {}
    for read in cells_by_line(text, COLUMNS):
        if isinstance(read, Problem):
            problems.append(read)
            break
        line, cells = read
        if not header:
            header, notes = header_of(cells, COLUMNS, needed=["login"])
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
