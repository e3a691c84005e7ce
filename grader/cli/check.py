"""`grader check`: grade files without a database or a server."""

from __future__ import annotations

import json
import os
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import click
from rich.text import Text

from grader.cli.check_progress import Watch
from grader.cli.render import print_result, print_summary
from grader.cli.render_style import terminal
from grader.errors import UsageError
from grader.pipeline.batch import grade_files
from grader.pipeline.feedback import Audience, shown
from grader.pipeline.order import RunReport, report_json
from grader.sandbox.choose import open_sandbox
from grader.sandbox.interface import Status
from grader.settings import SANDBOXES, Settings, reference_beside
from grader.spec import Bank, Question
from grader.vocab import Verdict

EXIT_NOT_GRADED = 3
MAX_SEED = 2**63 - 1

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_FILE = click.Path(exists=True, dir_okay=False, readable=True, path_type=Path)


@click.command()
@click.argument("name", metavar="QUESTION")
@click.argument("files", metavar="FILE…", nargs=-1, required=True, type=_FILE)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line and file, as each is finished.")
@click.option("--sandbox", type=click.Choice(SANDBOXES), help="Where submissions run.  [default: auto]")
@click.option(
    "--seed", type=click.IntRange(0, MAX_SEED), help="Of hidden inputs.  [default: a fresh one for each file]"
)
@click.option("--staff", is_flag=True, help="Show everything, also of hidden cases.")
@click.option("--only-public", is_flag=True, help="Leave hidden cases out.")
@click.option("--tasks", "tasks_dir", metavar="DIR", type=_FOLDER, help="The folder of questions.")
@click.option("--reference", "reference_dir", metavar="DIR", type=_FOLDER, help="The folder of reference solutions.")
@click.option("--lanes", type=click.IntRange(1, 256), help="Files at the same time.  [default: one per core]")
@click.pass_context
def check(
    context: click.Context,
    name: str,
    files: tuple[Path, ...],
    as_json: bool,
    sandbox: str | None,
    seed: int | None,
    staff: bool,
    only_public: bool,
    tasks_dir: Path | None,
    reference_dir: Path | None,
    lanes: int | None,
) -> None:
    """Grade FILEs against QUESTION: its id, the end of its id, or its folder.

    The exit code is 0 when every file was graded, whatever the verdict; 2 for wrong usage; 3 when something could not
    be graded.
    """
    settings = _with_folders(Settings.from_environment(), tasks_dir, reference_dir)
    question = _question(settings, name)
    audience = Audience.STAFF if staff else Audience.STUDENT
    results: list[tuple[Path, RunReport]] = []
    with (
        Watch(question, len(files), as_json=as_json) as watch,
        open_sandbox(
            sandbox or settings.sandbox,
            lanes=min(lanes or settings.lanes or len(os.sched_getaffinity(0)), len(files)),
            device=_device(question),
            single=settings.single,
        ) as place,
        closing(
            grade_files(question, files, sandbox=place, seed=seed, only_public=only_public, on_case=watch.on_case)
        ) as reports,
    ):
        # Starts what serves judges and what serves submissions side by side, not one after the other.
        _warn_of_missing_walls(place.status())
        try:
            for file, whole in reports:
                report = shown(whole, audience)
                results.append((file, report))
                watch.on_report()
                if as_json:
                    click.echo(json.dumps(report_json(report, str(file))))
        except OSError as error:
            raise UsageError(f"cannot read {error.filename}: {error.strerror}") from error
    if as_json:
        _complain(results)
    else:
        _print(question, results)
    if not all(report.graded for _, report in results):
        context.exit(EXIT_NOT_GRADED)


def _warn_of_missing_walls(status: Status) -> None:
    """Submissions of others must not be graded unawares where not everything shuts them in."""
    open_layers = [layer for layer, held in status.layers.items() if not held]
    if open_layers:
        click.echo(
            f"warning: not every wall stands here ({', '.join(open_layers)}): grade only code that you would run "
            "yourself; `grader doctor` says what is missing",
            err=True,
        )


def _with_folders(settings: Settings, tasks_dir: Path | None, reference_dir: Path | None) -> Settings:
    """Folders of the command line go before those of the deployment; `tasks` brings the `reference` beside it."""
    if tasks_dir is not None:
        settings = replace(settings, tasks_dir=tasks_dir, reference_dir=reference_beside(tasks_dir))
    if reference_dir is not None:
        settings = replace(settings, reference_dir=reference_dir)
    return settings


def _question(settings: Settings, name: str) -> Question:
    bank = Bank.of(settings)
    question = bank.get(bank.resolve(name))
    if question.spec.kind != "code":
        raise UsageError(
            f"{question.id} is a written question ({question.spec.kind}): there is nothing to run. Its answer is "
            f"handed in on the site or with `grader submit`; `grader question verify {question.id}` checks its key"
        )
    return question


def _device(question: Question) -> str:
    """`cuda` only where there is a card: a question that asks for one falls back to the CPU, and the result says so."""
    return "cuda" if question.spec.device == "cuda" and Path("/dev/nvidiactl").exists() else "cpu"


def _complain(results: list[tuple[Path, RunReport]]) -> None:
    """Why files could not be graded; the agreed JSON has no place for it."""
    for file, report in results:
        if report.fault is not None:
            click.echo(f"{file}: {report.fault.message}", err=True)


def _print(question: Question, results: list[tuple[Path, RunReport]]) -> None:
    console = terminal()
    if len(results) == 1:
        print_result(console, *results[0])
    else:
        print_summary(console, results)
    skipped = max(sum(case.verdict is Verdict.SKIPPED for case in report.cases) for _, report in results)
    if skipped and not question.has_reference:
        told = (
            f"The reference solution is not here, so {skipped} of {len(question.spec.cases)} cases were not run: "
            "this is not the whole score."
        )
        console.print(Text(told, style="yellow"))
    if question.spec.device == "cuda" and any(report.device == "cpu" for _, report in results):
        console.print(Text("The question asks for a GPU; this was graded on the CPU.", style="yellow"))
