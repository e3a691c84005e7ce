"""A CSV that somebody sends back: rows by column name, and what is wrong with which line.

What our own export wrote comes back as it was: `cell_out` and `cell_in` keep text that a spreadsheet would take for a
formula (see `csv_text`) apart from text that begins with an apostrophe.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from grader.services.csv_text import FORMULA_STARTS
from grader.services.refusals import Reason, Refused
from grader.services.roster_file import Problem, with_plain_line_ends

MAX_ROWS = 5_000


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


def cell_out(text: str) -> str:
    """Text for a cell of an export, one apostrophe more where it might be taken for one of ours."""
    return f"'{text}" if text.startswith("'") and text.lstrip("'").startswith(FORMULA_STARTS) else text


def cell_in(text: str) -> str:
    """The text again, without the apostrophe that an export put in front."""
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(FORMULA_STARTS) else text


def read(text: str, columns: Sequence[str], *, needed: Sequence[str]) -> Sheet:
    """The rows of a file that names these columns; commas, semicolons or tabs. Refused where it is no such file."""
    text = with_plain_line_ends(text).removeprefix("\ufeff").replace("\0", "")
    body, skipped = text, 0
    first, separator, rest = text.partition("\n")
    if first.strip().lower().startswith("sep=") and separator:  # what Excel puts there for itself
        body, skipped = rest, 1
    if not body.strip():
        raise Refused(Reason.EMPTY, f"The file is empty. Its first line names the columns: {', '.join(columns)}.")
    head = body.lstrip().partition("\n")[0]
    reader = csv.reader(io.StringIO(body, newline=""), delimiter=max(",;\t", key=head.count), strict=True)
    lines: list[Line] = []
    problems: list[Problem] = []
    header: list[str] = []
    while True:
        number = reader.line_num + 1 + skipped
        try:
            cells = next(reader, None)
        except csv.Error as error:
            problems.append(Problem(number, f"This cannot be read as CSV ({error}); a quote may not be closed."))
            break
        if cells is None:
            break
        if not any(cell.strip() for cell in cells):
            continue
        if not header:
            header = _header(cells, columns, needed)
            continue
        if len(lines) >= MAX_ROWS:
            problems.append(Problem(number, f"A file has at most {MAX_ROWS:,} lines. Split it."))
            break
        if any(cell.strip() for cell in cells[len(header) :]):
            problems.append(Problem(number, "This line has more cells than the first one; put quotes around commas."))
            continue
        given = dict(zip(header, (cell_in(cell.strip()) for cell in cells), strict=False))
        lines.append(Line(number, {name: given.get(name, "") for name in columns}))
    unknown = [name or "(without a name)" for name in header if name not in columns]
    notes = (f"Columns that are not used: {', '.join(unknown)}.",) if unknown else ()
    return Sheet(text, tuple(lines), tuple(problems), notes)


def _header(cells: list[str], columns: Sequence[str], needed: Sequence[str]) -> list[str]:
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
    return header
