"""`grader roster`: a course's people from a file of the registry."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click
from rich.console import Console
from rich.markup import escape
from sqlalchemy import select

from grader.cli.accounts_database import data_option, opened
from grader.errors import UsageError
from grader.services.csv_sheet import text_of
from grader.services.people import roster as rosters
from grader.services.people.roster import Kind, RosterPlan
from grader.settings import ServiceSettings
from grader.store.courses import Course
from grader.store.database import Database

EXIT_NOT_RIGHT = 1
HEADINGS = {
    Kind.NEW_PERSON: ("+", "green", "new"),
    Kind.NEW_ENROLMENT: ("+", "green", "joins"),
    Kind.BACK: ("+", "green", "comes back"),
    Kind.CHANGED: ("~", "yellow", "changes"),
}


@click.group()
def roster() -> None:
    """Bring a course's people in line with a file."""


@roster.command(name="import")
@click.argument("course", metavar="COURSE")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only say what would change.")
@click.option("--end-missing", is_flag=True, help="Also take out students whom the file does not name.")
@click.option(
    "--links",
    "links_file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where new people's links go, as CSV; standard output unless told. They are not shown again.",
)
@data_option
@click.pass_context
def import_roster(
    context: click.Context,
    course: str,
    file: Path,
    dry_run: bool,
    end_missing: bool,
    links_file: Path | None,
    data_dir: Path | None,
) -> None:
    """Add and change the people of COURSE as the CSV file says: login,name,email,section,role.

    The exit code is 1, and nothing is changed, when a line cannot be taken.
    """
    console = Console(stderr=True, highlight=False)
    if links_file is not None and links_file.exists():
        raise UsageError(f"{links_file} is there already; name a new file for the links")
    with opened(data_dir) as database:
        raw = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
        plan = _planned(database, course, text_of(raw))
        _print(console, plan, end_missing=end_missing)
        if plan.problems:
            console.print("[red]Nothing was changed.[/red] Put these lines right and import the file again.")
            context.exit(EXIT_NOT_RIGHT)
        if dry_run:
            console.print("Nothing was changed: this was a dry run.")
            return
        with database.transaction() as session:
            done = rosters.apply(session, plan, None, end_missing=end_missing)
    console.print(f"Imported into {escape(course)}.")
    if done.links:
        site = (ServiceSettings.from_environment(data_dir=data_dir).site_url or "http://127.0.0.1:8000").rstrip("/")
        text = rosters.links_csv((link, f"{site}/invite/{link.token}") for link in done.links)
        _hand_out(console, text, links_file)


def _planned(database: Database, slug: str, text: str) -> RosterPlan:
    with database.reading() as session:
        course = session.scalars(select(Course).where(Course.slug == slug)).one_or_none()
        if course is None:
            known = ", ".join(session.scalars(select(Course.slug).order_by(Course.slug)))
            raise UsageError(f"there is no course {slug!r}; there are: {known or 'none'}")
        return rosters.plan(session, course.id, text)


def _print(console: Console, plan: RosterPlan, *, end_missing: bool) -> None:
    for note in plan.notes:
        console.print(escape(note))
    for entry in plan.entries:
        if entry.kind is Kind.UNCHANGED:
            continue
        sign, colour, word = HEADINGS[entry.kind]
        changes = ", ".join(f"{change.field} {change.old or '∅'} → {change.new or '∅'}" for change in entry.changes)
        place = f"{entry.role}, section {entry.section}" if entry.section else str(entry.role)
        told = f"{entry.login} ({entry.name}) {word}: {changes or place}"
        console.print(f"[{colour}]{sign}[/{colour}] {escape(told)} {escape(entry.note)}".rstrip())
    for gone in plan.missing:
        told = f"{gone.login} ({gone.name}) is not in the file"
        console.print(f"[red]-[/red] {escape(told)}: leaves" if end_missing else f"  {escape(told)}: stays")
    if plan.new_sections:
        console.print(f"new sections: {escape(', '.join(plan.new_sections))}")
    for problem in plan.problems:
        console.print(f"[red]line {problem.line}:[/red] {escape(problem.text)}")
    console.print(_count(plan))


def _count(plan: RosterPlan) -> str:
    new = len(plan.of_kind(Kind.NEW_PERSON))
    joined = len(plan.of_kind(Kind.NEW_ENROLMENT, Kind.BACK))
    changed, unchanged = len(plan.of_kind(Kind.CHANGED)), len(plan.of_kind(Kind.UNCHANGED))
    return f"{new} new, {joined} join, {changed} change, {unchanged} stay as they are"


def _hand_out(console: Console, text: str, file: Path | None) -> None:
    if file is None:
        click.echo(text, nl=False)
        return
    # Whoever reads a link can use it.
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as out:
        out.write(text)
    console.print(f"The links of new people are in {escape(str(file))}; they are not shown again.")
