"""A CSV that somebody sends: which bytes are text, rows by column name, and what is wrong with which line.

What our own export wrote comes back as it was: `cell_out` and `cell_in` keep text that a spreadsheet would take for a
formula (see `csv_text`) apart from text that begins with an apostrophe.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from grader.services.csv_text import FORMULA_STARTS
from grader.services.refusals import Reason, Refused

MAX_BYTES = 2 * 1024 * 1024
MAX_ROWS = 5_000


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a line cannot be taken; lines are counted from 1, as an editor shows them."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """One row: its line in the file, counted from 1, and its cells without the space around them."""

    number: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a file says; `text` is what a dry run keeps to be applied."""

    text: str
    lines: tuple[Line, ...]
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]


def text_of(raw: bytes) -> str:
    """The file's text; Refused for what is no UTF-8 (or UTF-16 with its mark), because guessing spoils names."""
    if len(raw) > MAX_BYTES:
        raise Refused(Reason.TOO_LARGE, f"The file has more than {MAX_BYTES // 1024 // 1024} MB.")
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


def cells_by_line(text: str, columns: Sequence[str]) -> Iterator[tuple[int, list[str]] | Problem]:
    """Each line that is not blank, with its number; a Problem, and the end, where it is no CSV any more.

    Commas, semicolons or tabs, whichever the first line has most of. Refused where there is no line at all.
    """
    text = text.removeprefix("\ufeff")
    skipped = 0
    first, separator, rest = text.partition("\n")
    if first.strip().lower().startswith("sep=") and separator:  # what Excel puts there for itself
        text, skipped = rest, 1
    if not text.strip():
        raise Refused(Reason.EMPTY, f"The file is empty. Its first line names the columns: {', '.join(columns)}.")
    head = text.lstrip().partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=head.count), strict=True)
    while True:
        number = reader.line_num + 1 + skipped
        try:
            cells = next(reader, None)
        except csv.Error as error:
            yield Problem(number, f"This cannot be read as CSV ({error}); a quote may not be closed.")
            return
        if cells is None:
            return
        if any(cell.strip() for cell in cells):
            yield number, cells


def header_of(cells: Sequence[str], columns: Sequence[str], *, needed: Sequence[str]) -> tuple[list[str], list[str]]:
    """The columns that the first line names, and notes on those that are not used; Refused where one lacks."""
    header = [cell.strip().lower() for cell in cells]
    missing = [name for name in needed if name not in header]
    if missing:
        raise Refused(
            Reason.INVALID,
            f"The first line must name the columns; it lacks {', '.join(missing)}. Known are {', '.join(columns)}.",
        )
    twice = sorted({name for name in header if name in columns and header.count(name) > 1})
    if twice:
        raise Refused(Reason.INVALID, f"The first line names {twice[0]} twice.")
    unknown = [name or "(without a name)" for name in header if name not in columns]
    return header, [f"Columns that are not used: {', '.join(unknown)}."] if unknown else []


def cell_out(text: str) -> str:
    """Text for a cell of an export, one apostrophe more where it might be taken for one of ours."""
    return f"'{text}" if text.startswith("'") and text.lstrip("'").startswith(FORMULA_STARTS) else text


def cell_in(text: str) -> str:
    """The text again, without the apostrophe that an export put in front."""
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(FORMULA_STARTS) else text


def read(text: str, columns: Sequence[str], *, needed: Sequence[str]) -> Sheet:
    """The rows of a file that names these columns; commas, semicolons or tabs. Refused where it is no such file."""
    text = with_plain_line_ends(text).removeprefix("\ufeff").replace("\0", "")
    lines: list[Line] = []
    problems: list[Problem] = []
    header: list[str] = []
    notes: list[str] = []
    for line in cells_by_line(text, columns):
        if isinstance(line, Problem):
            problems.append(line)
            break
        number, cells = line
        if not header:
            header, notes = header_of(cells, columns, needed=needed)
            continue
        if len(lines) >= MAX_ROWS:
            problems.append(Problem(number, f"A file has at most {MAX_ROWS:,} lines. Split it."))
            break
        if any(cell.strip() for cell in cells[len(header) :]):
            problems.append(Problem(number, "This line has more cells than the first one; put quotes around commas."))
            continue
        given = dict(zip(header, (cell_in(cell.strip()) for cell in cells), strict=False))
        lines.append(Line(number, {name: given.get(name, "") for name in columns}))
    return Sheet(text, tuple(lines), tuple(problems), tuple(notes))
