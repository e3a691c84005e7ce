"""A rush as a person reads it."""

from __future__ import annotations

import math

from rich.console import Console
from rich.table import Table

from grader.bench.rush import RushResult, Waits


def show(console: Console, result: RushResult) -> None:
    """Print it."""
    console.print(
        f"{result.submissions} submissions of {result.students} students within {result.within_s:.0f} s, "
        f"{result.sandbox} sandbox, {result.processors} processors, clients included"
    )
    for name, value in figures(result):
        console.print(f"  {name:<44} {value}")
    console.print()
    table = Table("milliseconds", box=None, pad_edge=False, header_style="bold")
    for heading in ("requests", "median", "95 %", "99 %", "longest"):
        table.add_column(heading, justify="right")
    for kind, waits in result.requests.items():
        table.add_row(kind, *_cells(waits))
    table.add_row("click to verdict", *_cells(result.click_to_verdict))
    console.print(table)
    console.print()
    uses = Table("", box=None, pad_edge=False, header_style="bold")
    for role in result.cpu_ms:
        uses.add_column(role, justify="right")
    uses.add_row("CPU ms a submission", *(f"{result.cpu_ms[role]:.1f}" for role in result.cpu_ms))
    uses.add_row("peak memory, MiB", *(f"{result.memory_mib.get(role, 0):.0f}" for role in result.cpu_ms))
    console.print(uses)
    if result.background > 0.2:
        console.print(f"\n{result.background:.1f} processors were busy with other things: trust the ratio only.")
    for complaint in (*result.complaints, *(f"a wrong result: {named}" for named in result.wrong_results)):
        console.print(f"[red]{complaint}[/red]")


def figures(result: RushResult) -> list[tuple[str, str]]:
    """The single figures, named."""
    ratio = (
        "" if math.isnan(result.times_cold) else f" = {result.times_cold:.0f} × cold ({result.cold_per_s:.2f} per s)"
    )
    return [
        ("taken · refused · unanswered", f"{result.accepted} · {result.refused} · {result.unanswered}"),
        ("lost or graded twice · with a wrong result", f"{result.lost} · {result.wrong}"),
        ("first click to last verdict", f"{result.whole_s:.1f} s, of which {result.backlog_s:.1f} s with a backlog"),
        ("verdicts per second while there was a backlog", f"{result.verdicts_per_s:.1f}{ratio}"),
        ("longest queue · oldest in it", f"{result.longest_queue} · {result.oldest_in_queue_s:.1f} s"),
    ]


def _cells(waits: Waits) -> list[str]:
    figures = (waits.median_ms, waits.p95_ms, waits.p99_ms, waits.longest_ms)
    return [str(waits.count), *(f"{figure:.0f}" for figure in figures)]
