"""Charts as pages write them: a table, which the script `charts` draws a picture of; templates/charts.html writes it.

The table is the truth: without a script, and for who cannot see pictures, it is all there is. Bars lead where their
figures in the table lead.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What is drawn of a table's rows."""

    BARS = "bars"  # a bar for each row and series, side by side
    EDGES = "edges"  # the same where rows are neighbouring ranges: their labels stand at the lower edges
    DOTS = "dots"  # a line for each row, a dot for each series
    STEPS = "steps"  # rows are moments, one after the other


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure: what is drawn, what is written, and the list behind it."""

    value: float | None
    text: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """Figures that belong together. `short` stands under a bar; `look` is good, part, bad, warn or nothing."""

    label: str
    cells: tuple[Cell, ...]
    short: str = ""
    look: str = ""
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Chart:
    """A table with a picture. `says` is the picture in a sentence, `head` what its rows are."""

    kind: Kind
    title: str
    says: str
    head: str
    series: tuple[str, ...]
    rows: tuple[Row, ...]
    most: float | None = None  # where the axis ends; None: at the largest figure

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not any(cell.value for row in self.rows for cell in row.cells)


def counted(count: int, url: str | None = None) -> Cell:
    """A number of people or things; where there are none, nothing leads to them."""
    return Cell(count, f"{count:,}", url if count else None)


def share(of: float | None, url: str | None = None) -> Cell:
    """A share of 1, written in per cent."""
    return Cell(None, "–") if of is None else Cell(of, f"{of * 100:.0f} %", url)


def listed(parts: Sequence[tuple[str, int]]) -> str:
    """Counts in a sentence: "attempt 1: 14, attempt 2: 9"; what is 0 is left out."""
    return ", ".join(f"{name}: {count}" for name, count in parts if count) or "nothing yet"
