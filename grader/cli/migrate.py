"""`grader migrate`: the tables of the deployment's database."""

from __future__ import annotations

import tempfile
from pathlib import Path

import click

from grader.settings import ServiceSettings
from grader.store import migrate as steps

EXIT_BEHIND = 1
_DATA = click.Path(file_okay=False, path_type=Path)


@click.group(invoke_without_command=True)
@click.option("--data", "data_dir", metavar="DIR", type=_DATA, help="The data folder.  [default: GRADER_DATA]")
@click.pass_context
def migrate(context: click.Context, data_dir: Path | None) -> None:
    """Bring the database's tables up to date (the same as `migrate upgrade`)."""
    context.obj = data_dir
    if context.invoked_subcommand is None:
        context.invoke(upgrade)


@migrate.command()
@click.pass_obj
def upgrade(data_dir: Path | None) -> None:
    """Make the tables, or change them to what this version needs."""
    settings = ServiceSettings.from_environment(data_dir=data_dir)
    before = steps.current(settings.database_url)
    steps.upgrade(settings.database_url)
    after = steps.newest()
    click.echo(f"the database is up to date ({after})" if before == after else f"{before or 'no tables'} → {after}")


@migrate.command()
@click.pass_obj
def current(data_dir: Path | None) -> None:
    """Say at which step the database stands, and which one is needed."""
    settings = ServiceSettings.from_environment(data_dir=data_dir)
    click.echo(f"database: {steps.current(settings.database_url) or 'no tables'}\nneeded:   {steps.newest()}")


@migrate.command()
@click.pass_context
def check(context: click.Context) -> None:
    """Exit with 1 unless the tables are exactly what this version needs."""
    settings = ServiceSettings.from_environment(data_dir=context.obj)
    if steps.current(settings.database_url) != steps.newest():
        click.echo("the database is behind: run `grader migrate`", err=True)
        context.exit(EXIT_BEHIND)
    differences = steps.differences(settings.database_url)
    for difference in differences:
        click.echo(difference, err=True)
    context.exit(EXIT_BEHIND if differences else 0)


@migrate.command(hidden=True)
@click.argument("message", nargs=-1, required=True)
def revision(message: tuple[str, ...]) -> None:
    """Write a step from what the models say by now (for developers)."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/newest.db"
        steps.upgrade(url)
        for file in steps.write_step(url, " ".join(message)):
            click.echo(file)
