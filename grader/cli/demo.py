"""`grader demo`: what the grader does, shown on the sample submissions that come with the questions."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from grader.cli.render import print_result
from grader.cli.render_style import mark, points, style_of, terminal, words
from grader.clock import monotonic_s
from grader.errors import AuthorFault
from grader.pipeline.batch import grade_sources
from grader.pipeline.feedback import Audience, shown
from grader.pipeline.order import RunReport
from grader.sandbox.choose import open_sandbox
from grader.sandbox.interface import Sandbox
from grader.settings import SANDBOXES, Settings
from grader.spec import Bank, Question, Sample, samples_of
from grader.vocab import Verdict

EXIT_NOT_AS_DECLARED = 1
# The mistake that every beginner makes once, and that a test of values alone does not see.
EXAMPLE = ("infr10086/tutorial3/neg_log_likelihood", "wrong_detached.py")

Graded = tuple[Sample, RunReport]


@click.command()
@click.option("--sandbox", type=click.Choice(SANDBOXES), default="local", show_default=True, help="Where they run.")
@click.option("--seed", type=int, help="Of hidden inputs; without it every submission gets others.")
@click.option("--all", "every", is_flag=True, help="A line for every sample.")
@click.pass_context
def demo(context: click.Context, sandbox: str, seed: int | None, every: bool) -> None:
    """Grade the sample submissions of every question: right ones must pass, wrong ones must not.

    The exit code is 1 when one of them got another verdict than its author declared.
    """
    console = terminal()
    bank = Bank.of(Settings.from_environment())
    sound = list(_sound(console, bank))
    questions = [question for question in sound if samples_of(question.files)]
    began_s = monotonic_s()
    count = 0
    strays = 0
    example: RunReport | None = None
    with (
        console.status("starting two warm processes: one for submissions, one that decides") as status,
        open_sandbox(sandbox, lanes=len(os.sched_getaffinity(0))) as place,
    ):
        place.status()
        warm_s = monotonic_s() - began_s
        for question in questions:
            status.update(question.spec.title)
            graded = list(_graded(question, place, seed))
            _print_question(console, question, graded, every=every)
            count += len(graded)
            strays += sum(not _as_declared(*pair) for pair in graded)
            for sample, report in graded:
                if (question.id, Path(sample.path).name) == EXAMPLE:
                    example = report
        backend = place.name
    graded_s = monotonic_s() - began_s - warm_s
    if example is not None:
        console.print("\n[bold]What a student reads[/bold] whose gradient got lost:\n")
        print_result(console, Path(EXAMPLE[1]), shown(example, Audience.STUDENT))
    told = f"{count} submissions to {len(questions)} questions in {graded_s:.1f} s, each in a process of its own"
    console.print(f"\n{told} ({backend} backend; {warm_s:.1f} s to warm up).")
    if strays or len(sound) < len(bank.ids()):
        console.print(f"[red]{strays} did not get the verdict they must get.[/red]")
        context.exit(EXIT_NOT_AS_DECLARED)
    console.print("Every one got the verdict it must get.")


def _sound(console: Console, bank: Bank) -> Iterator[Question]:
    for question_id in bank.ids():
        try:
            yield bank.get(question_id)
        except AuthorFault as fault:
            console.print(Text(f"✗ {question_id}: {fault}", style="red"))


def _graded(question: Question, place: Sandbox, seed: int | None) -> Iterator[Graded]:
    samples = samples_of(question.files)
    return grade_sources(question, ((sample, sample.source) for sample in samples), sandbox=place, seed=seed)


def _as_declared(sample: Sample, report: RunReport) -> bool:
    return report.verdict is sample.verdict


def _print_question(console: Console, question: Question, graded: list[Graded], *, every: bool) -> None:
    strays = [pair for pair in graded if not _as_declared(*pair)]
    right = sum(sample.is_right for sample, _ in graded)
    console.print(
        Text.assemble(
            ("✗ " if strays else "✓ ", "red" if strays else "green"),
            (question.spec.title, "bold"),
            (f"  {right} right, {len(graded) - right} wrong: {_diagnoses(graded)}", "bright_black"),
        ),
        no_wrap=True,
        overflow="ellipsis",
    )
    table = Table.grid(padding=(0, 2))
    for sample, report in graded if every else strays:
        cells = [mark(console, report.verdict), Text(Path(sample.path).name)]
        cells.append(Text(words(report.verdict), style=style_of(report.verdict)))
        cells.append(Text(f"{points(report.score)} / {points(report.max_score)}"))
        declared = "" if _as_declared(sample, report) else f"must be: {words(sample.verdict)}"
        fault = report.fault.message if report.fault is not None else ""
        table.add_row("  ", *cells, Text(declared, style="red"), Text(fault, style="magenta"))
    if table.row_count:
        console.print(table)


def _diagnoses(graded: list[Graded]) -> str:
    """What was found in the wrong ones, the commonest first; of each its first failing case."""
    found: Counter[str] = Counter()
    for _, report in graded:
        failing = [case for case in report.cases if case.verdict not in {Verdict.ACCEPTED, Verdict.SKIPPED}]
        if failing:
            found[(failing[0].diagnosis or failing[0].verdict.value).replace("_", " ")] += 1
    return ", ".join(name for name, _ in found.most_common())
