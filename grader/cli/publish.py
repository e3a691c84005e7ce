"""`grader question publish`: questions into the service's database, each verified first."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.markup import escape

from grader.cli.render_verification import verification_lines
from grader.cli.verify import DEFAULT_SEEDS, EXIT_FAULTY, as_dict, device_of, faults_of_spec, verified, watched
from grader.clock import utc_now
from grader.errors import UsageError
from grader.sandbox.choose import open_sandbox
from grader.sandbox.interface import Sandbox
from grader.services.auditing import audit
from grader.services.questions import publish as service
from grader.services.questions import verifications
from grader.settings import SANDBOXES, ServiceSettings, Settings, reference_beside
from grader.spec import Bank
from grader.store import migrate
from grader.store.database import Database
from grader.store.questions import Question
from grader.verify.result import Verification

_FOLDER = click.Path(file_okay=False, exists=True, path_type=Path)
_DATA = click.Path(file_okay=False, path_type=Path)


@click.command()
@click.argument("names", metavar="QUESTION…", nargs=-1)
@click.option("--all", "every", is_flag=True, help="All questions of the folder.")
@click.option("--tasks", "tasks_dir", metavar="DIR", type=_FOLDER, help="Public halves.  [default: GRADER_TASKS]")
@click.option(
    "--reference",
    "reference_dir",
    metavar="DIR",
    type=_FOLDER,
    help="Secret halves.  [default: GRADER_REFERENCE, or the folder `reference` beside the public ones]",
)
@click.option("--data", "data_dir", metavar="DIR", type=_DATA, help="The data folder.  [default: GRADER_DATA]")
@click.option("--sandbox", type=click.Choice(SANDBOXES), help="Where submissions run.  [default: auto]")
@click.option(
    "--seeds",
    type=click.IntRange(1, 10_000),
    default=DEFAULT_SEEDS,
    show_default=True,
    help="How many times the reference must pass.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line and question, as each is finished.")
@click.pass_context
def publish(
    context: click.Context,
    names: tuple[str, ...],
    every: bool,
    tasks_dir: Path | None,
    reference_dir: Path | None,
    data_dir: Path | None,
    sandbox: str | None,
    seeds: int,
    as_json: bool,
) -> None:
    """Verify questions, then make them live on the site.

    QUESTION is an id, the end of one, or its folder. A faulty question is not published; what was published before with
    the very same files is not verified again. The exit code is 0 when all are live, 1 when one may not be, 2 for wrong
    usage, 3 when something could not be graded.
    """
    if every == bool(names):
        raise UsageError("name the questions to publish, or use --all")
    settings = Settings.from_environment()
    bank = Bank.of(settings)
    if tasks_dir is not None or reference_dir is not None:
        tasks = tasks_dir or settings.tasks_dir
        bank = Bank(tasks, reference_dir or reference_beside(tasks))
    ids = bank.ids() if every else [bank.resolve(name) for name in names]
    if not ids:
        raise UsageError(f"no questions in {bank.tasks_dir}; set GRADER_TASKS to the folder that holds them")
    with _opened(ServiceSettings.from_environment(data_dir=data_dir)) as database, ExitStack() as stack:
        run = _Run(bank, ids, database, stack, sandbox or settings.sandbox, settings, seeds)
        console = Console(highlight=False)
        all_live = True
        for question_id in ids:
            outcome = run.publish(question_id)
            all_live &= outcome["published"]
            if as_json:
                click.echo(json.dumps(outcome, ensure_ascii=False))
            else:
                run.print(console, question_id, outcome)
    if not all_live:
        context.exit(EXIT_FAULTY)


@click.command()
@click.argument("name", metavar="QUESTION")
@click.option("--data", "data_dir", metavar="DIR", type=_DATA, help="The data folder.  [default: GRADER_DATA]")
@click.option("--undo", is_flag=True, help="Instead, make the version before the live one live again.")
def retire(name: str, data_dir: Path | None, undo: bool) -> None:
    """Offer a published question to no further assignment; those that have it go on. Publishing it again undoes this.

    QUESTION is its whole id.
    """
    with (
        _opened(ServiceSettings.from_environment(data_dir=data_dir)) as database,
        database.transaction() as session,
    ):
        if undo:
            version = service.unpublish(session, name)
            audit.record(
                session, "question.rolled_back", f"question:{name}", actor_id=None, detail={"number": version.number}
            )
            click.echo(f"{name}: version {version.number} is live again")
            return
        service.retire(session, name)
        audit.record(session, "question.retired", f"question:{name}", actor_id=None)
        click.echo(f"{name}: retired")


class _Run:
    """Publishes one question after the other; the sandbox is opened for the first that must be verified."""

    def __init__(
        self,
        bank: Bank,
        ids: list[str],
        database: Database,
        stack: ExitStack,
        sandbox: str,
        settings: Settings,
        seeds: int,
    ) -> None:
        self.bank = bank
        self.ids = ids
        self.database = database
        self.stack = stack
        self.sandbox = sandbox
        self.settings = settings
        self.seeds = seeds
        self.commit = _commit_of(bank.tasks_dir)
        self._place: Sandbox | None = None
        self.verification: Verification | None = None

    def publish(self, question_id: str) -> dict[str, Any]:
        """What came of it, for scripts."""
        self.verification = None
        if not self._is_known(question_id):
            self.verification = self._verify(question_id)
            if not self.verification.ok:
                refused = {"published": False, "number": None, "unchanged": False, "commit": self.commit}
                return {**as_dict(self.verification), **refused}
        question = self.bank.get(question_id)
        if self.verification is not None and question.version != self.verification.version:
            raise UsageError(f"{question_id} was changed while it was verified; publish it again")
        with self.database.transaction() as session:
            live_before = session.query(Question.live_version_id).filter_by(name=question_id, retired_at=None).scalar()
            published = service.publish(session, question)
            if self.verification is not None:
                verifications.keep_passed(session, question, as_dict(self.verification), utc_now())
            is_unchanged = live_before == published.version_id
            if not is_unchanged:
                detail = {"digest": question.version, "number": published.number, "commit": self.commit}
                audit.record(session, "question.published", f"question:{question_id}", actor_id=None, detail=detail)
        found = {} if self.verification is None else as_dict(self.verification)
        return {
            "question": question_id,
            "ok": True,
            "version": question.version,
            **found,
            "published": True,
            "number": published.number,
            "unchanged": is_unchanged,
            "commit": self.commit,
        }

    def print(self, console: Console, question_id: str, outcome: dict[str, Any]) -> None:
        """The same for a person."""
        if not outcome["published"]:
            assert self.verification is not None
            console.print(verification_lines(self.verification))
            return
        said = "unchanged, version {number} is live" if outcome["unchanged"] else "version {number} is live"
        mark = "[dim]=[/dim]" if outcome["unchanged"] else "[green]✓[/green]"
        console.print(f"{mark} [bold]{escape(question_id)}[/bold]  {said.format(number=outcome['number'])}")

    def _is_known(self, question_id: str) -> bool:
        """Whether these very files were published before, and so verified."""
        if self.bank.faults(question_id):
            return False
        with self.database.reading() as session:
            return service.find_version(session, question_id, self.bank.get(question_id).version) is not None

    def _verify(self, question_id: str) -> Verification:
        faulty = faults_of_spec(self.bank, question_id)
        if faulty is not None:
            return faulty
        if self._place is None:
            self._place = self.stack.enter_context(
                open_sandbox(
                    self.sandbox,
                    lanes=self.settings.lanes or len(os.sched_getaffinity(0)),
                    device=device_of(self.bank, self.ids),
                    single=self.settings.single,
                )
            )
        with watched(question_id) as on_progress:
            return verified(self.bank, question_id, self._place, self.seeds, False, on_progress)


@contextmanager
def _opened(settings: ServiceSettings) -> Iterator[Database]:
    """The service's database; UsageError unless its tables are what this grader needs."""
    if migrate.current(settings.database_url) != migrate.newest():
        raise UsageError("the database's tables are not up to date: run `grader migrate` first")
    database = Database(settings.database_url)
    try:
        yield database
    finally:
        database.close()


def _commit_of(folder: Path) -> str | None:
    """The commit of a git checkout, marked where files differ from it; None where it is none."""
    try:
        head = _git(folder, "rev-parse", "HEAD")
        changed = _git(folder, "status", "--porcelain", "--", ".")
    except (OSError, subprocess.SubprocessError):
        return None
    return f"{head}, changed since" if changed else head


def _git(folder: Path, *words: str) -> str:
    done = subprocess.run(["git", "-C", str(folder), *words], capture_output=True, text=True, check=True, timeout=20)
    return done.stdout.strip()
