"""Colours, marks and bars that every result shares; plain characters where the terminal has no others."""

from __future__ import annotations

import io
import sys

from rich.console import Console
from rich.text import Text

from grader.vocab import Verdict

STYLES: dict[Verdict, str] = {
    Verdict.ACCEPTED: "green",
    Verdict.PARTIAL: "yellow",
    Verdict.SKIPPED: "bright_black",
    Verdict.JUDGE_ERROR: "bold magenta",
}
BAR_CELLS = 16
_BLOCKS = "▁▂▃▄▅▆▇█"


def terminal() -> Console:
    """Standard output, in colour where it is a terminal that wants it; what it cannot show becomes a question mark."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    return Console(highlight=False)


def style_of(verdict: Verdict) -> str:
    """The colour of a verdict."""
    return STYLES.get(verdict, "red")


def words(verdict: Verdict) -> str:
    """The verdict as people say it."""
    return verdict.value.replace("_", " ")


def mark(console: Console, verdict: Verdict) -> Text:
    """✓ right, ✗ wrong, ○ not decided."""
    index = {Verdict.ACCEPTED: 0, Verdict.SKIPPED: 2, Verdict.JUDGE_ERROR: 2}.get(verdict, 1)
    return Text(("+xo" if console.options.ascii_only else "✓✗○")[index], style=style_of(verdict))


def points(value: float) -> str:
    """Points without digits that say nothing."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def score_bar(console: Console, score: float, max_score: float, style: str) -> Text:
    """How much of the points was reached; a full bar means all of them."""
    filled = int(BAR_CELLS * score / max_score) if max_score > 0 else 0
    full, empty = ("#", ".") if console.options.ascii_only else ("━", "─")
    return Text.assemble((full * filled, style), (empty * (BAR_CELLS - filled), "bright_black"))


def sparkline(console: Console, values: list[float], cells: int, low: float, high: float) -> str:
    """A curve in one line of text, thinned to `cells`; "" where the terminal has no such characters."""
    finite = [min(max(value, low), high) for value in values if value == value]  # noqa: PLR0124 - nan is not itself
    if console.options.ascii_only or not finite or not high > low:
        return ""
    step = max(1.0, len(finite) / cells)
    picked = [finite[int(position * step)] for position in range(min(cells, len(finite)))]
    return "".join(_BLOCKS[round((value - low) / (high - low) * (len(_BLOCKS) - 1))] for value in picked)
