from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from grader.cli import publish as publish_module
from grader.services.questions.publish import publish
from grader.spec import Bank
from grader.spec import Question as BankQuestion
from grader.store import migrate
from grader.store.database import Database
from grader.store.models import AuditEvent, Question, QuestionVersion
from tests.cli.conftest import QUESTION, Shell


@pytest.fixture
def database(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """The deployment's database, up to date."""
    monkeypatch.setenv("GRADER_DATA", str(shell.folder / "data"))
    monkeypatch.delenv("GRADER_DATABASE_URL", raising=False)
    monkeypatch.setattr(publish_module, "open_sandbox", shell.open)
    (shell.folder / "data").mkdir()
    url = f"sqlite:///{shell.folder / 'data' / 'grader.db'}"
    migrate.upgrade(url)
    opened = Database(url)
    yield opened
    opened.close()


def question(folder: Path) -> BankQuestion:
    return Bank(folder / "tasks", folder / "reference").get(QUESTION)


def live(database: Database) -> int | None:
    """The number of the live version."""
    with database.reading() as session:
        row = session.scalars(select(Question)).one_or_none()
        return row.live_version.number if row is not None and row.live_version is not None else None


def published(database: Database, folder: Path) -> None:
    """As an earlier call of the command left it."""
    with database.transaction() as session:
        publish(session, question(folder))


def test_a_database_without_tables_is_told_how_to_get_them(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRADER_DATA", str(shell.folder / "fresh"))
    ran = shell.run("question", "publish", QUESTION)
    assert ran.code == 2
    assert "grader migrate" in ran.err


def test_a_question_that_does_not_verify_is_refused_with_the_reasons(shell: Shell, database: Database) -> None:
    # The shell's judge accepts whatever is handed in, also what is no solution.
    ran = shell.run("question", "publish", QUESTION, "--seeds", "1")
    assert ran.code == 1
    assert "may not be published" in ran.out
    assert "full marks" in ran.out
    assert live(database) is None


def test_scripts_read_why_a_question_was_refused(shell: Shell, database: Database) -> None:
    ran = shell.run("question", "publish", "--all", "--seeds", "1", "--json")
    (line,) = ran.out.splitlines()
    told = json.loads(line)
    assert ran.code == 1
    assert (told["question"], told["published"], told["ok"]) == (QUESTION, False, False)
    assert any(not finding["ok"] for finding in told["findings"])


def test_what_was_published_before_is_not_verified_again(shell: Shell, database: Database) -> None:
    published(database, shell.folder)
    shell.sandbox = None  # opening one would fail
    ran = shell.run("question", "publish", "add")
    assert ran.code == 0
    assert "unchanged, version 1 is live" in ran.out
    with database.reading() as session:
        assert session.scalars(select(AuditEvent)).all() == []


def test_a_retired_question_is_live_again_when_it_is_published_again(shell: Shell, database: Database) -> None:
    published(database, shell.folder)
    assert shell.run("question", "retire", QUESTION).code == 0
    with database.reading() as session:
        assert session.scalars(select(Question.retired_at)).one() is not None
    shell.sandbox = None
    ran = shell.run("question", "publish", QUESTION)
    assert ran.code == 0
    assert "✓" in ran.out
    assert "version 1 is live" in ran.out
    with database.reading() as session:
        assert session.scalars(select(Question.retired_at)).one() is None
        assert list(session.scalars(select(AuditEvent.act))) == ["question.retired", "question.published"]


def test_an_earlier_version_comes_back_by_undoing_or_by_publishing_its_files(shell: Shell, database: Database) -> None:
    published(database, shell.folder)
    statement = shell.folder / "tasks" / QUESTION / "statement.md"
    first = statement.read_text()
    statement.write_text(first + "\nOne more sentence.\n")
    published(database, shell.folder)
    assert live(database) == 2
    assert shell.run("question", "retire", "--undo", QUESTION).code == 0
    assert live(database) == 1
    statement.write_text(first)
    shell.sandbox = None
    assert "unchanged" in shell.run("question", "publish", QUESTION).out
    assert live(database) == 1


def test_a_faulty_spec_needs_no_sandbox_to_be_refused(shell: Shell, database: Database) -> None:
    (shell.folder / "tasks" / QUESTION / "question.toml").write_text("title = 3\n")
    shell.sandbox = None
    ran = shell.run("question", "publish", QUESTION)
    assert ran.code == 1
    assert "question.toml" in ran.out
    assert live(database) is None


def test_the_commit_of_a_checkout_is_kept(shell: Shell, database: Database) -> None:
    git = ["git", "-C", str(shell.folder), "-c", "user.name=t", "-c", "user.email=t@example.org"]
    for words in (["init", "-q"], ["add", "tasks"], ["commit", "-qm", "questions"]):
        subprocess.run([*git, *words], check=True, capture_output=True)
    head = subprocess.run([*git, "rev-parse", "HEAD"], check=True, capture_output=True, text=True).stdout.strip()
    published(database, shell.folder)
    assert shell.run("question", "retire", QUESTION).code == 0
    ran = shell.run("question", "publish", QUESTION, "--json")
    assert json.loads(ran.out)["commit"] == head
    with database.reading() as session:
        event = session.scalars(select(AuditEvent).where(AuditEvent.act == "question.published")).one()
        assert event.detail["commit"] == head
    (shell.folder / "tasks" / QUESTION / "extra.txt").write_text("x")
    assert publish_module._commit_of(shell.folder / "tasks") == f"{head}, changed since"


def test_nothing_named_is_wrong_usage(shell: Shell, database: Database) -> None:
    assert shell.run("question", "publish").code == 2
    assert shell.run("question", "publish", "--all", QUESTION).code == 2
    assert shell.run("question", "retire", "no/such/question").code != 0


@pytest.mark.docker
def test_a_question_that_verifies_is_live(shell: Shell, database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    monkeypatch.chdir(shell.folder)
    monkeypatch.setenv("GRADER_DATA", str(shell.folder / "data"))
    assert (
        shell.run("question", "verify", QUESTION, "--seeds", "1", "--sandbox", "docker", "--write-expected").code == 0
    )
    ran = shell.run("question", "publish", QUESTION, "--seeds", "1", "--sandbox", "docker")
    assert ran.code == 0, ran.out + ran.err
    assert "version 1 is live" in ran.out
    with database.reading() as session:
        assert session.scalars(select(QuestionVersion.digest)).one() == question(shell.folder).version
