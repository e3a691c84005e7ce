"""How the result of `grader question verify` looks in a terminal."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.markup import escape
from rich.padding import Padding
from rich.syntax import Syntax
from rich.table import Table
from rich.text import Text

from grader.verify.result import Finding, Verification


def verification_lines(result: Verification) -> RenderableType:
    """A heading, a line for each finding, the diff of each survivor."""
    word = "[bold green]may be published[/bold green]" if result.ok else "[bold red]may not be published[/bold red]"
    heading = Text.from_markup(f"[bold]{escape(result.question)}[/bold]  {word}")
    parts: list[RenderableType] = [heading]
    for finding in result.findings:
        parts.append(_line(finding))
        if finding.diff:
            parts.append(Padding(Syntax(finding.diff, "diff", theme="ansi_dark", word_wrap=True), (0, 0, 0, 18)))
    parts.append(Text(_figures(result), style="dim"))
    parts.append(Text())
    return Group(*parts)


def _line(finding: Finding) -> Table:
    table = Table.grid(padding=(0, 1))
    table.add_column(width=3)
    table.add_column(width=13)
    table.add_column(overflow="fold")
    mark = Text("  ✗", style="red")
    if finding.ok:
        mark = Text("  ✓", style="green") if finding.checked else Text("  ○", style="bright_black")
    text = Text()
    if finding.subject:
        text.append(finding.subject, style="bold")
        text.append("  ")
    text.append(finding.text)
    table.add_row(mark, Text(finding.check), text)
    return table


def _figures(result: Verification) -> str:
    version = f"version {result.version[:12]}, " if result.version else ""
    plural = "submission" if result.gradings == 1 else "submissions"
    return f"    {version}{result.gradings} {plural} graded in {result.duration_s:.1f} s"
