"""What a person reads of one failed case. Text of a submission is only ever put into `Text`, never read as markup."""

from __future__ import annotations

import math
from collections.abc import Iterator

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.syntax import Syntax
from rich.table import Table
from rich.text import Text

from grader.cli.render_style import sparkline, style_of, words
from grader.pipeline.order import CaseResult, Details, Frame

SHOWN_FRAMES = 4
INDENT = (0, 0, 0, 2)


def explain(console: Console, case: CaseResult, *, title: str) -> None:
    """Print what there is of message, own lines, worst entry, hint, and a snippet to paste."""
    line = "-" if console.options.ascii_only else "─"
    console.print()
    console.print(Rule(Text(title, style="bold"), align="left", style="bright_black", characters=line))
    for part in _parts(console, case):
        console.print(Padding(part, INDENT))
    if case.details.counterexample:
        _print_snippet(console, case.details.counterexample)


def _parts(console: Console, case: CaseResult) -> Iterator[RenderableType]:
    yield Text(case.message or words(case.verdict).capitalize() + ".", style=style_of(case.verdict))
    details = case.details
    if details.frames:
        yield _frames(console, details.frames[-SHOWN_FRAMES:])
    if details.worst:
        yield _worst(details.worst)
    if details.curve:
        yield from _curve(console, details)
    if case.hint:
        yield Text.assemble(("hint: ", "bold cyan"), case.hint)
    if details.staff_note:
        yield Text.assemble(("staff: ", "bold magenta"), details.staff_note)


def _print_snippet(console: Console, snippet: str) -> None:
    """Without borders, indentation or breaks, so that what is marked and copied from the terminal runs."""
    console.print(Text("Try it:", style="bold"))
    code = Syntax("", "python", theme="ansi_dark", background_color="default").highlight(snippet)
    code.rstrip()
    console.print(code, soft_wrap=True)


def _frames(console: Console, frames: tuple[Frame, ...]) -> Table:
    """The submission's own lines on the way to an exception; the last is where it was raised."""
    table = Table.grid(padding=(0, 1))
    table.add_column(justify="right", no_wrap=True)
    table.add_column(overflow="fold")
    bar = "|" if console.options.ascii_only else "│"
    pointer = ">" if console.options.ascii_only else "❱"
    for frame in frames:
        last = frame is frames[-1]
        line = "" if frame.line is None else str(frame.line)
        where = f"  in {frame.function}" if frame.function and frame.function != "<module>" else ""
        table.add_row(
            Text(f"{pointer if last else ' '} {line} {bar}", style="red" if last else "bright_black"),
            Text.assemble((frame.source.strip(), "bold" if last else ""), (where, "bright_black")),
        )
    return table


def _worst(worst: dict[str, object]) -> Table:
    """The entry that is furthest off."""
    index = worst.get("index")
    place = f"[{', '.join(map(str, index))}] of " if isinstance(index, list) and index else ""
    table = Table.grid(padding=(0, 2))
    table.add_column(style="bright_black", no_wrap=True)
    table.add_column(overflow="fold")
    for name, value, style in (
        ("at", f"{place}{worst.get('where') or 'the result'}", ""),
        ("expected", worst.get("expected"), "green"),
        ("yours", worst.get("given"), "red"),
        ("off by", _error(worst.get("abs_error"), worst.get("rel_error")), ""),
    ):
        if value not in {None, ""}:
            table.add_row(name, Text(str(value), style=style))
    return table


def _error(absolute: object, relative: object) -> str:
    if not isinstance(absolute, float | int) or not math.isfinite(absolute):
        return ""
    if not isinstance(relative, float | int) or not math.isfinite(relative):
        return f"{absolute:.3g}"
    return f"{absolute:.3g} (relative {relative:.3g})"


def _curve(console: Console, details: Details) -> Iterator[RenderableType]:
    """Expected and given traces above each other, on one scale."""
    curves = details.curve or {}
    values = [value for curve in curves.values() for value in curve if math.isfinite(value)]
    if not values:
        return
    width = max(map(len, curves))
    for name, curve in curves.items():
        line = sparkline(console, curve, max(8, min(60, console.width - width - 8)), min(values), max(values))
        if line:
            yield Text.assemble((f"{name:<{width}}  ", "bright_black"), line)
