"""`grader bench`: how fast submissions are graded, against a cold container for each."""

from __future__ import annotations

import json
import signal
import sys
from dataclasses import asdict
from itertools import islice
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from grader.bench.page import HEADINGS, MEMORY_HEADINGS, cells, memory_cells, page
from grader.bench.run import BACKENDS, Result, run
from grader.bench.workload import QUESTION
from grader.settings import Settings
from grader.spec import Bank


@click.group(invoke_without_command=True)
@click.option("--files", default=200, show_default=True, help="Submissions a turn (of cold containers: at most 10).")
@click.option("--rounds", default=3, show_default=True, help="Turns of each contender, interleaved.")
@click.option("--lanes", default=2, show_default=True, help="Submissions at the same time, of all but cold containers.")
@click.option("--sandbox", "sandboxes", multiple=True, type=click.Choice(BACKENDS), help="Only this backend.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--write", type=click.Path(dir_okay=False, path_type=Path), help="Write the result as a Markdown page.")
@click.pass_context
def bench(
    context: click.Context,
    files: int,
    rounds: int,
    lanes: int,
    sandboxes: tuple[str, ...],
    as_json: bool,
    write: Path | None,
) -> None:
    """Grade the same submissions in every way there is, and compare. Takes some minutes; needs the docker images.

    With nothing else running on the machine the figures mean most: CPU is counted over the whole of it.
    """
    if context.invoked_subcommand is not None:
        return
    question = Bank.of(Settings.from_environment()).get(QUESTION)
    console = Console(stderr=True)
    with console.status("") as status:
        result = run(
            question, files=files, rounds=rounds, lanes=lanes, backends=sandboxes or BACKENDS, tell=status.update
        )
    if write is not None:
        write.write_text(page(result, f"grader bench --files {files} --rounds {rounds}"), encoding="utf-8")
    if as_json:
        click.echo(json.dumps(asdict(result)))
        return
    _show(result)


@bench.command("rush")
@click.option("--students", default=200, show_default=True, help="How many people hand in.")
@click.option("--submissions", default=2000, show_default=True, help="How often they do, together.")
@click.option(
    "--within", "within_s", default=60.0, show_default=True, help="Seconds; twice as many in the last as on average."
)
@click.option("--lanes", default=2, show_default=True, help="Submissions graded at the same time.")
@click.option(
    "--sandbox", default="docker", show_default=True, type=click.Choice(BACKENDS), help="The worker's backend."
)
@click.option("--no-cold", "cold", flag_value=False, default=True, help="Leave out the cold containers.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def rush_command(
    students: int, submissions: int, within_s: float, lanes: int, sandbox: str, cold: bool, as_json: bool
) -> None:
    """A deadline: everybody hands in within a minute, on the whole service, with PostgreSQL and Redis of its own."""
    from grader.bench.rush import rush  # noqa: PLC0415  # needs the servers' clients, which not every installation has
    from grader.bench.rush_page import show  # noqa: PLC0415  # as above

    # Ended from outside, it still ends the servers that it has started.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    question = Bank.of(Settings.from_environment()).get(QUESTION)
    console = Console(stderr=True)
    with console.status("") as status:
        result = rush(
            question,
            students=students,
            submissions=submissions,
            within_s=within_s,
            lanes=lanes,
            sandbox=sandbox,
            cold=cold,
            tell=status.update,
        )
    if as_json:
        click.echo(json.dumps(asdict(result)))
        return
    show(Console(), result)


@bench.command("click")
@click.option("--count", default=50, show_default=True, type=click.IntRange(2, 1000), help="How many clicks.")
@click.option(
    "--sandbox", default="local", show_default=True, type=click.Choice(BACKENDS), help="The worker's backend."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def click_command(count: int, sandbox: str, as_json: bool) -> None:
    """From the click on "Submit" to the verdict on the screen, on an idle `grader serve`."""
    from grader.bench.click_to_verdict import SMALL_QUESTION, measure, table  # noqa: PLC0415  # as above

    console = Console(stderr=True)
    with console.status("clicking"):
        result = measure(Bank.of(Settings.from_environment()).get(SMALL_QUESTION), count, sandbox)
    if as_json:
        click.echo(json.dumps({**asdict(result), "ratio": result.ratio}))
        return
    Console().print(_table(("", "ms"), table(result)))


@bench.command("dashboards")
@click.option("--students", default=1000, show_default=True, type=click.IntRange(10), help="How many people hand in.")
@click.option("--items", default=90, show_default=True, type=click.IntRange(2), help="How many questions there are.")
@click.option(
    "--submissions", default=1_000_000, show_default=True, type=click.IntRange(100), help="About how many, in all."
)
@click.option("--rounds", default=5, show_default=True, type=click.IntRange(1, 1000), help="How often each page.")
@click.option("--only", default="", help="Only pages whose name or address holds this.")
@click.option("--plans", "with_plans", is_flag=True, help="Print what the database does for each of them.")
@click.option("--write", type=click.Path(dir_okay=False, path_type=Path), help="Write the table as Markdown.")
@click.option(
    "--keep",
    type=click.Path(file_okay=False, path_type=Path),
    help="Make the database in this folder and leave it there; if it is there already, measure it again.",
)
def dashboards_command(
    students: int,
    items: int,
    submissions: int,
    rounds: int,
    only: str,
    with_plans: bool,
    write: Path | None,
    keep: Path | None,
) -> None:
    """Every page of TAs and staff over a large course, in a PostgreSQL of its own. Making the course takes minutes."""
    from grader.bench.dashboard_course import Scale  # noqa: PLC0415  # as above
    from grader.bench.dashboards import dashboards  # noqa: PLC0415  # as above
    from grader.bench.dashboards_page import HEADINGS as COLUMNS  # noqa: PLC0415  # as above
    from grader.bench.dashboards_page import cells as page_cells  # noqa: PLC0415  # as above
    from grader.bench.dashboards_page import faults, markdown  # noqa: PLC0415  # as above

    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    bank = Bank.of(Settings.from_environment())
    sound = (bank.get(name) for name in bank.ids() if not bank.faults(name))
    console = Console(stderr=True)
    with console.status("") as status:
        scale = Scale(students=students, items=items, submissions=submissions)
        result = dashboards(list(islice(sound, items)), scale, status.update, rounds=rounds, only=only, keep=keep)
    made, out = result.made, Console(width=200)
    out.print(
        f"{students:,} students × {items} questions × {made.submissions:,} submissions, {made.outcomes:,} outcomes of"
        f" cases; {made.standings:,} standings derived in {made.derived_s:.1f} s;"
        f" the trivial page took {result.trivial.median_ms:.1f} ms."
    )
    slowest_first = sorted(result.pages, key=lambda page: -page.median_ms)
    out.print(_table(COLUMNS, [page_cells(page, result.trivial) for page in slowest_first]))
    if with_plans:
        for page in slowest_first:
            out.print(f"\n== {page.path}", markup=False)
            for plan in sorted(page.plans, key=lambda plan: -plan.ms):
                out.print(f"{plan.ms:.1f} ms  {plan.statement}\n{plan.text}\n", markup=False)
    if write is not None:
        write.write_text(markdown(result), encoding="utf-8")
    found = list(faults(result))
    for fault in found:
        console.print(fault, markup=False)
    sys.exit(1 if found else 0)


def _show(result: Result) -> None:
    console = Console()
    console.print(_table(HEADINGS, [cells(row) for row in result.rows]))
    if result.memory:
        console.print("\nPeak memory of everything that runs course code:")
        console.print(_table(MEMORY_HEADINGS, memory_cells(result)))
    if result.background > 0.2:
        console.print(f"\n{result.background:.1f} processors were busy with other things: trust the ratios only.")


def _table(headings: tuple[str, ...], rows: list[tuple[str, ...]]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for number, heading in enumerate(headings):
        if number == 0:
            table.add_column(heading, overflow="fold")
        else:
            table.add_column(heading, justify="right", min_width=len(heading), no_wrap=True)
    for row in rows:
        table.add_row(*row)
    return table
