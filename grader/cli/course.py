"""`grader course`: courses, from the machine that runs the grader."""

from __future__ import annotations

import os
from pathlib import Path
from typing import IO

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from grader.cli.accounts_database import data_option, opened, person_named
from grader.errors import UsageError
from grader.services.archive.archive_reader import ArchiveReader
from grader.services.archive.course_archive import write_archive
from grader.services.archive.course_import import import_course
from grader.services.courses.course_copy import Copy, copy_course
from grader.services.courses.new_course import create_course
from grader.store.courses import Course, Enrolment


@click.group()
def course() -> None:
    """Make and list courses, copy them for another year, export and import them."""


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


@course.command(name="export")
@click.argument("slug", metavar="NAME")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@data_option
def export_course(slug: str, file: Path, data_dir: Path | None) -> None:
    """Write the whole course NAME to FILE, a zip; it holds reference solutions and everybody's submissions."""
    part = file.with_name(f".{file.name}.part")
    try:
        with opened(data_dir) as database, database.reading() as session, _private(part) as to:
            counts = write_archive(session, _course(session, slug).id, to)
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)
    click.echo(f"wrote {file}: {counts['submission']} submissions of {counts['person']} people")


@course.command(name="import")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--as", "slug", metavar="NAME", help="Another name in addresses than it had.")
@click.option("--match-people", is_flag=True, help="Whoever has the login of somebody here is that person.")
@data_option
def import_archive(file: Path, slug: str | None, match_people: bool, data_dir: Path | None) -> None:
    """Read a course that was exported: all of it, or nothing. New people get accounts without a password."""
    with opened(data_dir) as database, file.open("rb") as archive:
        reader = ArchiveReader(archive)
        with database.transaction() as session:
            done = import_course(session, reader, slug=slug, match_people=match_people, actor_id=None)
    people = f"{done.new_people} new people" + (f", {done.matched_people} known" if done.matched_people else "")
    click.echo(f"made {done.slug}: {done.rows['submission']} submissions, {people}, {done.new_questions} new questions")


@course.command(name="copy")
@click.argument("slug", metavar="NAME")
@click.argument("new_slug", metavar="NEW")
@click.option("--title", help="What people read; as before unless told.")
@click.option("--term", default="", help="Such as 2026/27.")
@click.option("--days", default=364, show_default=True, help="All times are so much later; 364 keeps the weekdays.")
@click.option("--staff", metavar="LOGIN", help="Who may do everything in it.")
@data_option
def copy(
    slug: str, new_slug: str, title: str | None, term: str, days: int, staff: str | None, data_dir: Path | None
) -> None:
    """Make the course NEW with the assignments of NAME, and with nobody in it."""
    with opened(data_dir) as database, database.transaction() as session:
        person = person_named(session, staff) if staff is not None else None
        old = _course(session, slug)
        wanted = Copy(new_slug, old.title if title is None else title, term, days)
        copied = copy_course(session, old.id, wanted, staff=person, actor_id=None)
    click.echo(f"made {new_slug}: {copied.assignments} assignments, {copied.items} questions")


def _course(session: Session, slug: str) -> Course:
    found = session.scalars(select(Course).where(Course.slug == slug)).one_or_none()
    if found is None:
        raise UsageError(f"there is no course {slug!r}; `grader course list` names them")
    return found


def _private(file: Path) -> IO[bytes]:
    """A file that only its owner reads."""
    return os.fdopen(os.open(file, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), "w+b")
