"""Somebody's source as numbered, highlighted lines that can be linked to, and two sources side by side.

What is shown is never more than text: control characters are made visible and everything is escaped.
"""

from __future__ import annotations

import difflib
import io
import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from markupsafe import Markup, escape
from pygments import lex
from pygments.lexers import PythonLexer
from pygments.token import STANDARD_TYPES

from grader.pipeline.plain_text import plain

MOST_LINE_CHARS = 2000
MOST_SHOWN_LINES = 5000  # whoever wants more downloads it
# Beyond these a page shows text without colours, and no difference: both take time that grows with the size.
MOST_COLOURED_CHARS = 60_000
MOST_COLOURED_LINE_CHARS = 1000
MOST_COMPARED_LINES = 1500
CONTEXT_LINES = 3


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a source; `number` is what a traceback calls it."""

    number: int
    code: Markup
    is_failing: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a difference; a side without a line is None. `kind` is same, changed, added or removed."""

    kind: str
    before: Line | None
    after: Line | None


@dataclass(frozen=True, slots=True)
class Hunk:
    """Rows that stand together; `skipped` lines before it are the same in both."""

    skipped: int
    rows: list[Row]

    @property
    def unified(self) -> list[tuple[str, Line]]:
        """The same one under the other, for narrow screens: (gone, come or nothing, line)."""
        lines: list[tuple[str, Line]] = []
        for is_same, together in itertools.groupby(self.rows, key=lambda row: row.kind == "same"):
            rows = list(together)
            lines += [("" if is_same else "gone", row.before) for row in rows if row.before is not None]
            if not is_same:
                lines += [("come", row.after) for row in rows if row.after is not None]
        return lines


def text_lines(source: bytes) -> list[str]:
    """The first 5,000 lines, as Python counts them, fit to be shown."""
    text = io.StringIO(source.decode("utf-8-sig", errors="replace"), newline=None)
    shown = itertools.islice(text, MOST_SHOWN_LINES)
    return [" ".join(plain(line.rstrip("\n"), MOST_LINE_CHARS).split("\n")) for line in shown]


def source_lines(source: bytes, failing: frozenset[int] = frozenset()) -> list[Line]:
    """The first 5,000 lines, coloured as Python; those of `failing` are marked."""
    coloured = _coloured(text_lines(source))
    return [Line(number, code, number in failing) for number, code in enumerate(coloured, start=1)]


def difference(before: bytes, after: bytes, *, is_python: bool = True) -> list[Hunk] | None:
    """What changed, with a few lines around it; an empty list for the same text, None where it is too long to tell."""
    old, new = text_lines(before), text_lines(after)
    if max(len(old), len(new)) > MOST_COMPARED_LINES:
        return None
    if old == new:
        return []
    matcher = difflib.SequenceMatcher(None, old, new)
    colour = _coloured if is_python else _plain
    shown_old, shown_new = colour(old), colour(new)
    hunks: list[Hunk] = []
    reached = 0
    for group in matcher.get_grouped_opcodes(CONTEXT_LINES):
        rows: list[Row] = []
        for tag, old_from, old_to, new_from, new_to in group:
            left = [Line(at + 1, shown_old[at]) for at in range(old_from, old_to)]
            right = [Line(at + 1, shown_new[at]) for at in range(new_from, new_to)]
            rows += _rows(tag, left, right)
        hunks.append(Hunk(group[0][1] - reached, rows))
        reached = group[-1][2]
    return hunks


def _rows(tag: str, left: list[Line], right: list[Line]) -> list[Row]:
    if tag == "equal":
        return [Row("same", before, after) for before, after in zip(left, right, strict=True)]
    paired = min(len(left), len(right))
    rows = [Row("changed", before, after) for before, after in zip(left, right, strict=False)]
    rows += [Row("removed", before, None) for before in left[paired:]]
    rows += [Row("added", None, after) for after in right[paired:]]
    return rows


def _plain(lines: Sequence[str]) -> Sequence[Markup]:
    return [Markup.escape(line) for line in lines]


def _coloured(lines: Sequence[str]) -> Sequence[Markup]:
    too_long = sum(map(len, lines)) > MOST_COLOURED_CHARS or any(len(line) > MOST_COLOURED_LINE_CHARS for line in lines)
    if too_long:
        return _plain(lines)
    return _coloured_text("\n".join(lines))


@lru_cache(maxsize=128)
def _coloured_text(text: str) -> tuple[Markup, ...]:
    """By line; kept for a while, since whoever waits for a result looks at the same source twice."""
    coloured = [""]
    for kind, value in lex(text, PythonLexer(stripnl=False, ensurenl=False)):
        for at, part in enumerate(value.split("\n")):
            if at:
                coloured.append("")
            if part:
                coloured[-1] += _span(kind, part)
    lines = text.split("\n")
    # A lexer that loses or adds a line would let numbers point to the wrong ones.
    right = len(coloured) == len(lines)
    return tuple(Markup(line) if right else Markup.escape(line) for line in (coloured if right else lines))  # noqa: S704 - of _span


def _span(kind: Any, text: str) -> str:
    """HTML of one token."""
    while kind not in STANDARD_TYPES:
        kind = kind.parent
    name = STANDARD_TYPES[kind]
    safe = str(escape(text))
    return f'<span class="{name}">{safe}</span>' if name else safe
