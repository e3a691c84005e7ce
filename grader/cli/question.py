"""`grader question`: what is in the bank, a new question, and whether a question may be published."""

from __future__ import annotations

import importlib
import json
import re
from pathlib import Path
from typing import Any

import click
import msgspec
from rich.console import Console
from rich.markdown import Markdown
from rich.markup import escape
from rich.panel import Panel
from rich.table import Table

from grader.cli.new_question import new_question, propose_samples
from grader.cli.render_written import print_written
from grader.cli.verify import verify
from grader.errors import AuthorFault, UsageError
from grader.settings import Settings
from grader.spec import Bank, Question, samples_of
from grader.spec.pictures import pictures_told
from grader.spec.question import STATEMENT_FILE

ROOM_FOR_THE_REST = 30  # a title, wrapped, and two numbers
FORMULA = re.compile(r"(\$\$?).+?\1", re.DOTALL)
SPACING = re.compile(r"(?<!\\)\\(?:[,;!]|q?quad\b) *")
# Commands that need what the service needs, which a laptop that only grades does not have installed.
OF_THE_SERVICE = {
    "publish": "Verify questions, then make them live on the site.",
    "retire": "Offer a published question to no further assignment.",
}


class _Group(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted([*super().list_commands(ctx), *OF_THE_SERVICE])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in OF_THE_SERVICE:
            return super().get_command(ctx, cmd_name)
        try:
            command = getattr(importlib.import_module("grader.cli.publish"), cmd_name)
        except ModuleNotFoundError as error:
            raise UsageError(f"{error.name} is not installed: pip install 'grader[store]'") from error
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        del ctx
        lines = OF_THE_SERVICE | {name: command.get_short_help_str(80) for name, command in self.commands.items()}
        with formatter.section("Commands"):
            formatter.write_dl(sorted(lines.items()))


@click.group(cls=_Group)
def question() -> None:
    """List, show, make, verify and publish questions."""


question.add_command(verify)
question.add_command(new_question)
question.add_command(propose_samples)


@question.command(name="list")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def list_questions(as_json: bool) -> None:
    """All questions, also faulty ones."""
    settings = Settings.from_environment()
    bank = Bank.of(settings)
    rows = [_row(bank, question_id) for question_id in bank.ids()]
    if as_json:
        for row in rows:
            click.echo(json.dumps(row))
        return
    if not rows:
        where = settings.tasks_dir
        raise UsageError(f"no questions in {where}; make one with `grader question new`, or set GRADER_TASKS")
    console = Console()
    table = Table(box=None, pad_edge=False, header_style="bold")
    # Each below its tutorial, so that a title has room beside a name.
    longest = max(len(_name(row)) for row in rows)
    table.add_column("question", overflow="fold", no_wrap=console.width >= longest + ROOM_FOR_THE_REST)
    table.add_column("title", overflow="fold")
    for name in ("cases", "points"):
        table.add_column(name, justify="right", no_wrap=True)
    tutorial = None
    for row in rows:
        if _tutorial(row) != tutorial:
            tutorial = _tutorial(row)
            inside = sum(_tutorial(other) == tutorial for other in rows)
            counted = f"{inside} question{'' if inside == 1 else 's'}"
            if table.row_count:
                table.add_row()
            table.add_row(f"[bold]{escape(tutorial)}[/bold]", f"[dim]{counted}[/dim]")
        if row["fault"] is not None:
            table.add_row(_name(row), f"[red]faulty:[/red] {escape(row['fault'])}", "", "")
            continue
        reference = "" if row["reference"] else "  [yellow]no reference[/yellow]"
        cases = str(row["cases"]) if row["kind"] == "code" else row["kind"]
        table.add_row(_name(row), escape(row["title"]) + reference, cases, f"{row['max_score']:g}")
    console.print(table)


@question.command(name="show")
@click.argument("name", metavar="QUESTION")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def show_question(name: str, as_json: bool) -> None:
    """A question's statement, groups, cases and samples. QUESTION is an id, the end of one, or its folder."""
    bank = Bank.of(Settings.from_environment())
    found = bank.get(bank.resolve(name))
    if as_json:
        click.echo(json.dumps(_described(found)))
        return
    console = Console()
    spec = found.spec
    console.print(f"[bold]{escape(spec.title)}[/bold]  [dim]{found.id}  version {found.version[:12]}[/dim]")
    console.print(f"[dim]{escape(spec.source)}[/dim]\n", highlight=False)
    statement = _formulas_kept(pictures_told(found.text(STATEMENT_FILE)))
    console.print(Panel(Markdown(statement), title="statement", title_align="left"))
    if spec.entry is None:
        print_written(console, found)
        return
    parameters = ", ".join(spec.entry.parameters)
    console.print(
        f"\n{spec.entry.kind} [bold]{spec.entry.name}[/bold]({parameters})  on {spec.device}\n", highlight=False
    )
    table = Table(box=None, header_style="bold", pad_edge=False)
    for column in ("case", "group", "inputs", "", "points"):
        table.add_column(column, justify="right" if column == "points" else "left", overflow="fold")
    for case in spec.cases:
        arguments = ", ".join(f"{key}={value}" for key, value in case.args.items())
        points = f"{spec.points_of(case):g}"
        cells = (case.name, case.group, f"{case.make}({arguments})", str(case.visibility), points)
        table.add_row(*map(escape, cells))
    console.print(table)
    samples = Table.grid(padding=(0, 2))
    for sample in samples_of(found.files):
        mark = "[green]right[/green]" if sample.is_right else "[red]wrong[/red]"
        about = f"{escape(Path(sample.path).name)}  [dim]{escape(sample.about)}[/dim]"
        samples.add_row(mark, about)
    if samples.row_count:
        console.print("\n[bold]samples[/bold]")
        console.print(samples)


def _formulas_kept(statement: str) -> str:
    """Formulas as LaTeX without its spacing; each backslash doubled, of which Markdown takes one."""
    return FORMULA.sub(lambda found: SPACING.sub(" ", found[0]).replace("\\", "\\\\"), statement)


def _tutorial(row: dict[str, Any]) -> str:
    return str(row["question"]).rpartition("/")[0]


def _name(row: dict[str, Any]) -> str:
    return "  " + str(row["question"]).rpartition("/")[2]


def _row(bank: Bank, question_id: str) -> dict[str, Any]:
    """What the list says of a question; a faulty one is listed with its fault."""
    row: dict[str, Any] = {"question": question_id, "title": None, "kind": None, "version": None, "fault": None}
    try:
        found = bank.get(question_id)
    except AuthorFault as fault:
        return row | {"fault": str(fault)}
    spec = found.spec
    row |= {"title": spec.title, "kind": spec.kind, "version": found.version, "device": spec.device}
    return row | {"reference": found.has_reference, "cases": len(spec.cases), "max_score": spec.max_score}


def _described(found: Question) -> dict[str, Any]:
    """The same as `show` prints, for scripts."""
    spec = found.spec
    entry = spec.entry
    samples = [
        {"path": s.path, "verdict": s.verdict, "diagnosis": s.diagnosis, "about": s.about}
        for s in samples_of(found.files)
    ]
    return {
        "question": found.id,
        "title": spec.title,
        "kind": spec.kind,
        "source": spec.source,
        "version": found.version,
        "device": spec.device,
        "reference": found.has_reference,
        "entry": None if entry is None else {"kind": entry.kind, "name": entry.name, "parameters": entry.parameters},
        "max_score": spec.max_score,
        "answer": None if spec.answer is None else msgspec.to_builtins(spec.answer),
        "options": [{"name": option.name, "text": option.text} for option in spec.options],
        "groups": [{"name": group.name, "points": group.points} for group in spec.groups],
        "cases": [
            {"name": case.name, "group": case.group, "visibility": case.visibility, "points": spec.points_of(case)}
            for case in spec.cases
        ],
        "samples": samples,
        "statement": found.text(STATEMENT_FILE),
    }
