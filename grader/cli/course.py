"""`grader course`: courses, from the machine that runs the grader."""

from __future__ import annotations

from pathlib import Path

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table
from sqlalchemy import func, select

from grader.cli.accounts_database import data_option, opened, person_named
from grader.services.new_course import create_course
from grader.store.courses import Course, Enrolment


@click.group()
def course() -> None:
    """Make and list courses."""


@course.command()
@click.argument("slug", metavar="NAME")
@click.option("--title", required=True, help="What people read.")
@click.option("--term", default="", help="Such as 2026/27.")
@click.option("--time-zone", default="UTC", show_default=True, help="Deadlines are shown in it, such as Europe/London.")
@click.option("--staff", metavar="LOGIN", help="Who may do everything in it; make the account first.")
@data_option
def create(slug: str, title: str, term: str, time_zone: str, staff: str | None, data_dir: Path | None) -> None:
    """Make a course; NAME stands in its addresses, such as ml-2026."""
    with opened(data_dir) as database, database.transaction() as session:
        person = person_named(session, staff) if staff is not None else None
        create_course(session, slug, title, term=term, time_zone=time_zone, staff=person)
    click.echo(f"made {slug}")
    if staff is None:
        click.echo("Nobody is in it yet: `grader user create LOGIN --course NAME --role staff`.", err=True)


@course.command(name="list")
@data_option
def list_courses(data_dir: Path | None) -> None:
    """All courses, with how many people are in each."""
    people = func.count(Enrolment.id)
    found = (
        select(Course.slug, Course.title, Course.term, people)
        .outerjoin(Enrolment, (Enrolment.course_id == Course.id) & Enrolment.ended_at.is_(None))
        .group_by(Course.id, Course.slug, Course.title, Course.term)
        .order_by(Course.slug)
    )
    with opened(data_dir) as database, database.reading() as session:
        rows = session.execute(found).all()
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("name", "title", "term"):
        table.add_column(column, overflow="fold")
    table.add_column("people", justify="right")
    for slug, title, term, count in rows:
        table.add_row(escape(slug), escape(title), escape(term), str(count))
    Console().print(table, highlight=False)
