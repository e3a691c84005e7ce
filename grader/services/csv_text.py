"""CSV that people open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_STARTS = frozenset(FORMULA_STARTS)  # one file may have hundreds of thousands of cells


def csv_text(lines: Iterable[Iterable[object]]) -> str:
    """The lines as CSV. Numbers stay numbers; text that would be taken for a formula gets an apostrophe in front."""
    text = io.StringIO()
    csv.writer(text).writerows([_cell(value) for value in line] for line in lines)
    return text.getvalue()


def _cell(value: object) -> object:
    if isinstance(value, str):
        return f"'{value}" if value[:1] in _STARTS else value
    return f"{value:.10g}" if isinstance(value, float) else value  # None is written as nothing
