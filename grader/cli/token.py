"""`grader token`: keys for scripts, from the machine that runs the grader."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from grader.cli.accounts_database import data_option, opened, person_named
from grader.clock import utc_now
from grader.services.people import tokens


@click.group()
def token() -> None:
    """Make, list and revoke API tokens."""


@token.command()
@click.argument("login")
@click.option("--name", default="command line", show_default=True, help="What it is for.")
@click.option(
    "--scope",
    "scopes",
    multiple=True,
    type=click.Choice([scope.value for scope in tokens.Scope]),
    help="What it may be used for; both unless told. May be given twice.",
)
@click.option("--days", type=click.IntRange(1, 3660), help="How long it is good for; for ever unless told.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@data_option
def create(
    login: str, name: str, scopes: tuple[str, ...], days: int | None, as_json: bool, data_dir: Path | None
) -> None:
    """Make a token for somebody and print it, once."""
    expires_at = None if days is None else utc_now() + dt.timedelta(days=days)
    wanted = [tokens.Scope(word) for word in scopes] or list(tokens.Scope)
    with opened(data_dir) as database, database.transaction() as session:
        person = person_named(session, login)
        row, text = tokens.create_token(session, person.id, name, wanted, expires_at)
        told = {"id": row.id, "login": person.login, "scopes": row.scopes, "token": text}
    click.echo(json.dumps(told) if as_json else text)


@token.command(name="list")
@click.argument("login")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@data_option
def list_tokens(login: str, as_json: bool, data_dir: Path | None) -> None:
    """Somebody's tokens that still work; their texts are not kept."""
    now = utc_now()
    with opened(data_dir) as database, database.reading() as session:
        rows = [row for row in tokens.tokens_of(session, person_named(session, login).id) if tokens.is_alive(row, now)]
    if as_json:
        for row in rows:
            told = {"id": row.id, "name": row.name, "prefix": row.prefix, "scopes": row.scopes}
            click.echo(
                json.dumps(told | {"last_used_at": _time(row.last_used_at), "expires_at": _time(row.expires_at)})
            )
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("id", "name", "begins with", "may", "last used", "good until"):
        table.add_column(column, overflow="fold")
    for row in rows:
        used, good_until = _time(row.last_used_at) or "never", _time(row.expires_at) or "no end"
        table.add_row(str(row.id), escape(row.name), row.prefix, ", ".join(row.scopes), used, good_until)
    Console().print(table, highlight=False)


@token.command()
@click.argument("login")
@click.argument("token_id", type=int)
@data_option
def revoke(login: str, token_id: int, data_dir: Path | None) -> None:
    """End one of somebody's tokens at once; `grader token list` has the numbers."""
    with opened(data_dir) as database, database.transaction() as session:
        tokens.revoke(session, token_id, person_named(session, login).id)
    click.echo("revoked")


def _time(at: dt.datetime | None) -> str | None:
    return None if at is None else at.isoformat(timespec="seconds")
