"""A report on a terminal or in a pipe: what one file came to, and a table for many."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

from rich.cells import cell_len
from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from grader.cli.render_case import explain
from grader.cli.render_style import mark, points, score_bar, style_of, words
from grader.pipeline.order import CaseResult, RunReport
from grader.pipeline.plain_text import plain_line
from grader.vocab import Diagnosis, Verdict, Visibility

# Whoever has more failures than these fixes one at a time anyway.
EXPLAINED = 3
NARROW = 60


def print_result(console: Console, file: Path, report: RunReport) -> None:
    """Everything about one file; `report` must be what its reader may see."""
    for line in _head(console, file, report):
        console.print(line)
    groups = _alike(report)
    # What never ran failed in every case for one reason: a list of them would only push the reason off the screen.
    in_one_word = not report.loaded and len(groups) == 1
    if report.cases and not in_one_word:
        console.print()
        console.print(_case_list(console, report))
    _print_explanations(console, groups, "every case" if in_one_word else None)
    for case in report.cases:
        if case.is_unstable:
            explain(console, case, title=case.name)  # what was nearly charged
    if any(case.followed_through for case in report.cases):
        told = (
            "An earlier part was wrong, so some parts were graded with the reference's values: they earn their points."
        )
        console.print(Text(f"\n{told}", style="bright_black"))
    if report.printed:
        console.print(Text("\nIt printed:", style="bold"))
        console.print(Text(report.printed, style="bright_black"))


def _head(console: Console, file: Path, report: RunReport) -> list[RenderableType]:
    style = style_of(report.verdict)
    verdict = Text.assemble(mark(console, report.verdict), " ", (words(report.verdict), f"bold {style}"))
    score = Text.assemble(
        score_bar(console, report.score, report.max_score, style),
        f" {points(report.score)} / {points(report.max_score)}",
    )
    where = Text(f"{report.question}  {report.duration_ms} ms, {report.sandbox}, {report.device}", "bright_black")
    lines: list[RenderableType] = [Text(plain_line(str(file)), style="bold"), where]
    lines.append(Text.assemble(verdict, "  ", score) if report.graded else verdict)
    if report.fault is not None:
        lines.append(Text(report.fault.message, style=style))
    return lines


def _case_list(console: Console, report: RunReport) -> Table:
    table = Table.grid(padding=(0, 1), expand=False)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold", max_width=max(16, console.width - 18))
    if console.width >= NARROW:
        table.add_column(style="bright_black", no_wrap=True)
    table.add_column(justify="right", no_wrap=True)
    for case in report.cases:
        name = Text(case.name)
        what = [case.diagnosis.replace("_", " ")] if case.diagnosis else []
        if case.verdict is Verdict.SKIPPED:
            what = ["not run"]
        if case.visibility is Visibility.HIDDEN:
            what.insert(0, "hidden")
        if case.followed_through:
            what.append("with the reference's values")
        if case.is_unstable:
            what.append("unstable")
        row: list[RenderableType] = [mark(console, case.verdict), name]
        if console.width >= NARROW:
            row.append(Text(", ".join(what)))
        reached = "-" if case.verdict is Verdict.SKIPPED else points(case.points)
        row.append(Text(f"{reached} / {points(case.max_points)}"))
        table.add_row(*row)
    return table


def _print_explanations(console: Console, groups: list[list[CaseResult]], title: str | None) -> None:
    """The first failures, each kind once, under the names of their cases unless there is a title."""
    for cases in groups[:EXPLAINED]:
        named = cases[0].name if len(cases) == 1 else f"{cases[0].name} and {len(cases) - 1} more like it"
        explain(console, cases[0], title=title or named)
    left = sum(map(len, groups[EXPLAINED:]))
    if left:
        more = "1 more failing case is" if left == 1 else f"{left} more failing cases are"
        console.print(Text(f"\n{more} not explained here.", style="bright_black"))


def _alike(report: RunReport) -> list[list[CaseResult]]:
    """Failed cases by what went wrong, those first that can tell most: public ones."""
    kinds: dict[tuple[str, ...], list[CaseResult]] = {}
    failed = [case for case in report.cases if case.verdict not in {Verdict.ACCEPTED, Verdict.SKIPPED}]
    for case in sorted(failed, key=lambda case: case.visibility is Visibility.HIDDEN):
        kind: tuple[str, ...] = (case.verdict, case.diagnosis or "")
        same = next((seen for seen in kinds if seen[:2] == kind), None)
        if case.visibility is Visibility.HIDDEN and same is not None:
            kind = same  # its sentence says no more than the diagnosis does
        elif case.diagnosis == Diagnosis.EXCEPTION:
            # The words of an exception hold sizes and values that differ from case to case; the lines do not.
            lines = tuple(str(frame.line) for frame in case.details.frames)
            kind += lines or (case.message,)
        kinds.setdefault(kind, []).append(case)
    return list(kinds.values())


def print_summary(console: Console, results: list[tuple[Path, RunReport]]) -> None:
    """One line a file, and how many came to what."""
    names = _short_names([file for file, _ in results], console.width // 2)
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 1))
    table.add_column("")
    table.add_column("file", overflow="fold", min_width=min(max(map(cell_len, names)), console.width // 3))
    table.add_column("verdict", no_wrap=console.width >= NARROW, overflow="fold")
    table.add_column("score", justify="right", no_wrap=True)
    if console.width >= NARROW:
        table.add_column("first failure", overflow="ellipsis", no_wrap=True)
    for name, (_, report) in zip(names, results, strict=True):
        row: list[RenderableType] = [
            mark(console, report.verdict),
            Text(name),
            Text(words(report.verdict), style=style_of(report.verdict)),
            Text(f"{points(report.score)}/{points(report.max_score)}" if report.graded else "-"),
        ]
        if console.width >= NARROW:
            row.append(Text(_first_failure(report), style="bright_black"))
        table.add_row(*row)
    console.print(table)
    console.print(_totals(results))


def _short_names(files: list[Path], cells: int) -> list[str]:
    """Without the folder that all are in, and with the end of what is still too long."""
    common = Path(os.path.commonpath([file.absolute().parent for file in files]))
    names = [plain_line(str(file.absolute().relative_to(common))) for file in files]
    return [name if len(name) <= cells else f"…{name[1 - cells :]}" for name in names]


def _first_failure(report: RunReport) -> str:
    for case in report.cases:
        if case.verdict not in {Verdict.ACCEPTED, Verdict.SKIPPED}:
            what = (case.diagnosis or case.verdict.value).replace("_", " ")
            return f"{what}: {case.name}" if report.loaded else what
    return ""


def _totals(results: list[tuple[Path, RunReport]]) -> Text:
    verdicts = Counter(report.verdict for _, report in results)
    counted = sorted(verdicts.items(), key=lambda item: item[0].severity, reverse=True)
    unstable = sum(any(case.is_unstable for case in report.cases) for _, report in results)
    more = f" ({unstable} with unstable cases)" if unstable else ""
    return Text(f"{len(results)} files: " + ", ".join(f"{count} {words(verdict)}" for verdict, count in counted) + more)
