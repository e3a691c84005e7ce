"""`grader user`: accounts, from the machine that runs the grader."""

from __future__ import annotations

import json
from pathlib import Path

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table
from sqlalchemy import select

from grader.cli.accounts_database import asked_password, data_option, opened, person_named
from grader.errors import UsageError
from grader.services.auditing import audit
from grader.services.people import accounts
from grader.store.courses import Course, Enrolment
from grader.store.people import Person
from grader.store.words import CourseRole

stdin_option = click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")


@click.group()
def user() -> None:
    """Make, list and lock accounts."""


@user.command()
@click.argument("login")
@click.option("--name", help="The person's name; the login unless told.")
@click.option("--email", help="Their e-mail address.")
@click.option("--admin", "is_admin", is_flag=True, help="May do everything in every course.")
@click.option("--course", "course_slug", metavar="COURSE", help="Enrol them in this course.")
@click.option(
    "--role",
    type=click.Choice([role.value for role in CourseRole]),
    default="student",
    show_default=True,
    help="As what.",
)
@click.option("--no-password", is_flag=True, help="They choose one through an invitation.")
@stdin_option
@data_option
def create(
    login: str,
    name: str | None,
    email: str | None,
    is_admin: bool,
    course_slug: str | None,
    role: str,
    no_password: bool,
    password_stdin: bool,
    data_dir: Path | None,
) -> None:
    """Make an account; asks for a password."""
    with opened(data_dir) as database:
        password = None if no_password else asked_password(from_standard_input=password_stdin)
        with database.transaction() as session:
            course = session.scalars(select(Course).where(Course.slug == course_slug)).one_or_none()
            if course_slug is not None and course is None:
                raise UsageError(f"there is no course {course_slug!r}")
            person = accounts.create_person(
                session, login, name or login, password=password, email=email, is_admin=is_admin
            )
            if course is not None:
                session.add(
                    Enrolment(
                        course_id=course.id, person_id=person.id, role=CourseRole(role), created_at=person.created_at
                    )
                )
            audit.record(
                session,
                "person.created",
                f"person:{person.id}",
                actor_id=None,
                course_id=course.id if course is not None else None,
                detail={"login": person.login, "is_admin": is_admin},
            )
            click.echo(f"made {person.login}")


@user.command(name="list")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@data_option
def list_users(as_json: bool, data_dir: Path | None) -> None:
    """Everybody with an account."""
    with opened(data_dir) as database, database.reading() as session:
        people = list(session.scalars(select(Person).order_by(Person.login)))
        courses: dict[int, list[str]] = {}
        live = select(Enrolment.person_id, Course.slug, Enrolment.role).join(Course).where(Enrolment.ended_at.is_(None))
        for person_id, slug, role in session.execute(live.order_by(Course.slug)):
            courses.setdefault(person_id, []).append(f"{slug}:{role}")
    if as_json:
        for person in people:
            click.echo(
                json.dumps(
                    {
                        "login": person.login,
                        "name": person.name,
                        "email": person.email,
                        "admin": person.is_admin,
                        "disabled": person.disabled_at is not None,
                        "has_password": person.password_hash is not None,
                        "courses": courses.get(person.id, []),
                    }
                )
            )
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("login", "name", "courses", ""):
        table.add_column(column, overflow="fold")
    for person in people:
        remarks = [
            word
            for word, holds in (
                ("administrator", person.is_admin),
                ("disabled", person.disabled_at is not None),
                ("no password", person.password_hash is None),
            )
            if holds
        ]
        table.add_row(
            escape(person.login), escape(person.name), ", ".join(courses.get(person.id, [])), ", ".join(remarks)
        )
    Console().print(table, highlight=False)


@user.command()
@click.argument("login")
@stdin_option
@data_option
def password(login: str, password_stdin: bool, data_dir: Path | None) -> None:
    """Set a password; logs the person out everywhere."""
    with opened(data_dir) as database:
        with database.reading() as session:
            person_named(session, login)
        given = asked_password(from_standard_input=password_stdin)
        with database.transaction() as session:
            person = person_named(session, login)
            accounts.set_password(person, given)
            audit.record(session, "person.password_changed", f"person:{person.id}", actor_id=None)
        click.echo(f"{login} has a new password and is logged out everywhere")


@user.command()
@click.argument("login")
@click.option("--undo", is_flag=True, help="Unlock it again.")
@data_option
def disable(login: str, undo: bool, data_dir: Path | None) -> None:
    """Lock an account: no login, no token of theirs works; what they handed in stays."""
    with opened(data_dir) as database, database.transaction() as session:
        person = person_named(session, login)
        (accounts.enable if undo else accounts.disable)(person)
        act = "person.enabled" if undo else "person.disabled"
        audit.record(session, act, f"person:{person.id}", actor_id=None)
        click.echo(f"{person.login} is {'unlocked' if undo else 'locked'}")
