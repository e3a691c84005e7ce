"""`grader serve`: everything in one process tree, with nothing else installed."""

from __future__ import annotations

import fcntl
import ipaddress
import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from sqlalchemy import select

from grader.cli.supervise import Child, keep_running
from grader.demo import Login, make_demo
from grader.demo.cast import logins
from grader.demo.plan import COURSE_SLUG
from grader.errors import SandboxFault, UsageError
from grader.sandbox.choose import open_sandbox
from grader.settings import SANDBOXES, ServiceSettings, Settings
from grader.spec import Bank
from grader.store.database import Database
from grader.store.migrate import upgrade
from grader.store.models import Course, Person
from grader.store.words import CourseRole
from web.frontend_build import ensure_built

_DATA = click.Path(file_okay=False, path_type=Path)
_BACKLOG = 512


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="0 takes a free one.")
@click.option("--data", "data_dir", metavar="DIR", type=_DATA, help="Where everything is kept.  [default: grader-data]")
@click.option("--no-demo", is_flag=True, help="Begin with an empty database, not with the demo course.")
@click.option("--lanes", type=click.IntRange(1, 256), help="Submissions at the same time.  [default: one per core]")
@click.option("--sandbox", type=click.Choice(SANDBOXES), help="Where submissions run.  [default: auto]")
def serve(host: str, port: int, data_dir: Path | None, no_demo: bool, lanes: int | None, sandbox: str | None) -> None:
    """Run the site and its worker until ctrl-C. Started again on the same folder it goes on where it stopped."""
    service = ServiceSettings.from_environment(data_dir=data_dir)
    if not service.is_embedded:
        raise UsageError(
            "GRADER_BROKER_URL is set, and `grader serve` brings its own worker: unset it, or run gunicorn and "
            "`celery -A grader.jobs.app worker` (docs/operating.md)"
        )
    grading = Settings.from_environment()
    with _only_one(service.data_dir), _listen(host, port) as listening:
        if not _is_loopback(listening):
            _refuse_unconfined(sandbox or grading.sandbox, host, single=grading.single)
        upgrade(service.database_url)
        cast = [] if no_demo else _fill(service, grading)
        ensure_built()
        _greet(listening, cast, service.data_dir)
        common = ("--data", str(service.data_dir), "--parent", str(os.getpid()))
        python = (sys.executable, "-m")
        site = (*python, "grader.cli.serve_site", *common, "--fd", str(listening.fileno()))
        worker = [*python, "grader.jobs.embedded", *common]
        worker += ["--lanes", str(lanes)] if lanes else []
        worker += ["--sandbox", sandbox] if sandbox else []
        keep_running([Child("worker", worker), Child("site", site, fds=(listening.fileno(),))])
    click.echo("stopped")


@contextmanager
def _only_one(data_dir: Path) -> Iterator[None]:
    """Two on one folder would take each other's nudges; the lock ends with the process, however it ends."""
    with (data_dir / "serve.lock").open("a+", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            pid = lock.read().strip() or "unknown"
            raise UsageError(
                f"another `grader serve` (process {pid}) uses {data_dir}: stop it, or choose another folder with --data"
            ) from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


@contextmanager
def _listen(host: str, port: int) -> Iterator[socket.socket]:
    """The socket stays open over restarts of the site: whoever comes meanwhile waits, and is not refused."""
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
    except socket.gaierror as error:
        raise UsageError(f"--host {host!r} is no address of this machine: {error.strerror}") from error
    with socket.socket(family, socket.SOCK_STREAM) as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind(address)
        except OSError as error:
            raise UsageError(
                f"cannot listen at {host} port {port} ({error.strerror}): choose another one with --port"
            ) from error
        listening.listen(_BACKLOG)
        yield listening


def _is_loopback(listening: socket.socket) -> bool:
    return ipaddress.ip_address(listening.getsockname()[0].partition("%")[0]).is_loopback


def _refuse_unconfined(sandbox: str, host: str, *, single: bool) -> None:
    """Others can reach this site, so what they send must be shut in."""
    try:
        with open_sandbox(sandbox, lanes=1, single=single) as place:
            status = place.status()
    except SandboxFault as fault:
        raise UsageError(f"nothing can be graded here: {fault}") from fault
    missing = [layer for layer, held in status.layers.items() if not held]
    if missing:
        raise UsageError(
            f"submissions would not be shut in on this machine ({', '.join(missing)} missing; `grader doctor` says "
            f"why), so it serves nobody but itself: leave --host {host} away"
        )


def _fill(service: ServiceSettings, grading: Settings) -> list[Login]:
    """The demo course into an empty database; who may log in there."""
    database = Database(service.database_url)
    try:
        with database.reading() as session:
            is_empty = session.scalar(select(Person.id).limit(1)) is None
            has_demo = session.scalar(select(Course.id).where(Course.slug == COURSE_SLUG)) is not None
        if is_empty:
            click.echo("making the demo course …")
            return make_demo(database, Bank.of(grading))
        return logins() if has_demo else []
    finally:
        database.close()


def _greet(listening: socket.socket, cast: list[Login], data_dir: Path) -> None:
    host, port = listening.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host
    click.echo(f"grader serves http://{shown}:{port}/  (data in {data_dir}; stop with ctrl-C)")
    if cast:
        click.echo(f"Log in with the password {cast[0].password} as")
    for role in CourseRole:
        of_role = [login for login in cast if login.role is role]
        names = ", ".join(login.login for login in of_role[:3]) + (", …" if len(of_role) > 3 else "")
        if of_role:
            click.echo(f"  {role:<8} {names}")
