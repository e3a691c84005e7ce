"""`grader question verify`: whether questions may be published."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
import msgspec
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn

from grader.cli.render_verification import verification_lines
from grader.errors import AuthorFault, UsageError
from grader.sandbox.choose import open_sandbox
from grader.sandbox.interface import Sandbox
from grader.settings import SANDBOXES, Settings
from grader.spec import Bank, Question
from grader.spec.question import EXPECTED_FILE
from grader.verify.expected import NOTHING, expected_text
from grader.verify.result import Finding, Verification
from grader.verify.run import SEEDS_OF_SAMPLES, verify_question
from grader.verify.run import Progress as OnProgress
from grader.verify.table import bank_table

EXIT_FAULTY = 1
DEFAULT_SEEDS = 20


@click.command()
@click.argument("names", metavar="QUESTION…", nargs=-1)
@click.option("--all", "every", is_flag=True, help="All questions.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line and question, as each is finished.")
@click.option("--sandbox", type=click.Choice(SANDBOXES), help="Where submissions run.  [default: auto]")
@click.option(
    "--seeds",
    type=click.IntRange(1, 10_000),
    default=DEFAULT_SEEDS,
    show_default=True,
    help="How many times the reference must pass.",
)
@click.option(
    "--sample-seeds",
    type=click.IntRange(1, 1_000),
    default=SEEDS_OF_SAMPLES,
    show_default=True,
    help="With how many seeds each sample is graded.",
)
@click.option("--write-expected", is_flag=True, help=f"Write {EXPECTED_FILE}, the expected values of public cases.")
@click.option(
    "--table",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="Also write a page about these questions: cases, samples, mutants, times.",
)
@click.pass_context
def verify(
    context: click.Context,
    names: tuple[str, ...],
    every: bool,
    as_json: bool,
    sandbox: str | None,
    seeds: int,
    sample_seeds: int,
    write_expected: bool,
    table: Path | None,
) -> None:
    """Check questions the way publishing does: the reference passes, everything else does not.

    QUESTION is an id, the end of one, or its folder. The exit code is 0 when all may be published, 1 when one may not,
    2 for wrong usage, 3 when something could not be graded.
    """
    if every == bool(names):
        raise UsageError("name the questions to verify, or use --all")
    settings = Settings.from_environment()
    bank = Bank.of(settings)
    ids = bank.ids() if every else [bank.resolve(name) for name in names]
    if not ids:
        raise UsageError(f"no questions in {settings.tasks_dir}; set GRADER_TASKS to the folder that holds them")
    console = Console(highlight=False)
    results = []
    lanes = settings.lanes or len(os.sched_getaffinity(0))
    with open_sandbox(
        sandbox or settings.sandbox, lanes=lanes, device=device_of(bank, ids), single=settings.single
    ) as place:
        for question_id in ids:
            with watched(question_id) as on_progress:
                result = verified(bank, question_id, place, seeds, write_expected, on_progress, sample_seeds)
            results.append(result)
            if as_json:
                click.echo(json.dumps(as_dict(result), ensure_ascii=False))
            else:
                console.print(verification_lines(result))
    if not as_json and len(results) > 1:
        good = sum(result.ok for result in results)
        console.print(f"[bold]{good} of {len(results)} questions may be published[/bold]")
    if table is not None:
        loaded = [(bank.get(result.question), result) for result in results if result.version is not None]
        table.parent.mkdir(parents=True, exist_ok=True)
        table.write_text(bank_table(loaded, seeds), encoding="utf-8")
    if not all(result.ok for result in results):
        context.exit(EXIT_FAULTY)


def as_dict(result: Verification) -> dict[str, Any]:
    """The result for scripts."""
    described: dict[str, Any] = msgspec.to_builtins(result)
    return {"question": result.question, "ok": result.ok, **described}


def verified(
    bank: Bank,
    question_id: str,
    sandbox: Sandbox,
    seeds: int,
    write_expected: bool,
    on_progress: OnProgress,
    sample_seeds: int = SEEDS_OF_SAMPLES,
) -> Verification:
    """The result, with seeds of the reference and of samples; all faults at once of a spec that does not load."""
    faulty = faults_of_spec(bank, question_id)
    if faulty is not None:
        return faulty
    question = bank.get(question_id)
    if write_expected and question.spec.kind == "code" and question.has_reference:
        try:
            question = _with_expected(bank, question, sandbox)
        except AuthorFault as fault:
            return Verification(question_id, question.version, (Finding("expected", False, str(fault)),))
    return verify_question(question, sandbox, seeds=seeds, sample_seeds=sample_seeds, on_progress=on_progress)


def faults_of_spec(bank: Bank, question_id: str) -> Verification | None:
    """The result where nothing needs to be run to know it; None for a question that can be loaded."""
    findings = tuple(Finding("spec", False, str(fault)) for fault in bank.faults(question_id))
    return Verification(question_id, None, findings) if findings else None


def _with_expected(bank: Bank, question: Question, sandbox: Sandbox) -> Question:
    """The question as it is after its expected values were written."""
    text = expected_text(question, sandbox)
    file = bank.tasks_dir / question.id / EXPECTED_FILE
    if text == NOTHING:
        file.unlink(missing_ok=True)
    else:
        file.write_text(text, encoding="utf-8")
    return bank.get(question.id)


def device_of(bank: Bank, ids: list[str]) -> str:
    """`cuda` where one of the questions asks for it and there is a card."""
    if not Path("/dev/nvidiactl").exists():
        return "cpu"
    asked = any(not bank.faults(question_id) and bank.get(question_id).spec.device == "cuda" for question_id in ids)
    return "cuda" if asked else "cpu"


@contextmanager
def watched(question_id: str) -> Iterator[OnProgress]:
    """A line on the terminal's standard error that says what is being done; nothing where there is no terminal."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TextColumn("{task.completed:.0f} graded"))
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task(question_id, total=None)

        def on_progress(stage: str, count: int) -> None:
            if stage:
                progress.update(task, description=f"{question_id}  [dim]{stage}[/dim]")
            progress.advance(task, count)

        yield on_progress
