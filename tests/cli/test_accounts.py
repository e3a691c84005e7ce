from __future__ import annotations

import json
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from grader.cli.main import cli
from grader.clock import utc_now
from grader.errors import UsageError
from grader.services.people import accounts, invitations
from grader.services.people.tokens import person_of_token
from grader.store.database import Database
from grader.store.models import Base
from tests.passwords import PASSWORD, cheap_passwords
from tests.world import make_world

__all__ = ["cheap_passwords"]

Grader = Callable[..., Result]
ROSTER = "login,name,section\nada,Ada,A\ngrace,=Grace,B\n"


@pytest.fixture
def database(tmp_path: Path) -> Database:
    opened = Database(f"sqlite:///{tmp_path / 'grader.db'}")
    Base.metadata.create_all(opened.engine)
    with opened.transaction() as session:
        make_world(session, questions=())
    return opened


@pytest.fixture
def grader(tmp_path: Path, database: Database, monkeypatch: pytest.MonkeyPatch) -> Grader:
    for name in ("GRADER_DATABASE_URL", "GRADER_SITE_URL"):
        monkeypatch.delenv(name, raising=False)

    def run(*words: str, given: str | None = None) -> Result:
        return CliRunner().invoke(cli, [*words, "--data", str(tmp_path)], input=given)

    return run


def knows(database: Database, login: str, password: str) -> bool:
    with database.reading() as session:
        return accounts.check_password(session, login, password) is not None


def test_a_user_is_made_with_a_password_that_stands_in_no_history(grader: Grader, database: Database) -> None:
    made = grader("user", "create", "Grace", "--name", "Grace Hopper", "--password-stdin", given=PASSWORD + "\n")
    assert (made.exit_code, made.stdout) == (0, "made grace\n")
    assert knows(database, "grace", PASSWORD)
    asked = grader("user", "create", "lise", given=f"{PASSWORD}\n{PASSWORD}\n")
    assert asked.exit_code == 0
    assert PASSWORD not in asked.output
    assert knows(database, "lise", PASSWORD)


def test_a_user_is_made_straight_into_a_course(grader: Grader) -> None:
    words = ("user", "create", "new", "--no-password", "--course", "ml", "--role", "ta")
    assert grader(*words).exit_code == 0
    listed = [json.loads(line) for line in grader("user", "list", "--json").stdout.splitlines()]
    (new,) = [row for row in listed if row["login"] == "new"]
    assert (new["courses"], new["has_password"]) == (["ml:ta"], False)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("create", "ada", "--no-password"), "already"),
        (("create", "a b", "--no-password"), "A login has"),
        (("create", "new", "--no-password", "--course", "nowhere"), "no course 'nowhere'"),
        (("create", "new", "--password-stdin"), "at least 10"),
        (("disable", "nobody"), "nobody with the login 'nobody'"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(grader: Grader, words: tuple[str, ...], sentence: str) -> None:
    answer = grader("user", *words, given="short\n")
    assert isinstance(answer.exception, UsageError)
    assert sentence in str(answer.exception)
    names = grader("user", "list", "--json").stdout
    assert '"new"' not in names


def test_a_password_is_set_and_an_account_locked_and_unlocked(grader: Grader, database: Database) -> None:
    assert grader("user", "password", "ada", "--password-stdin", given=PASSWORD).exit_code == 0
    assert knows(database, "ada", PASSWORD)
    assert grader("user", "disable", "ada").exit_code == 0
    assert not knows(database, "ada", PASSWORD)
    assert "disabled" in grader("user", "list").stdout
    assert grader("user", "disable", "ada", "--undo").exit_code == 0
    assert knows(database, "ada", PASSWORD)


def test_a_course_is_made_with_its_first_member_of_staff(grader: Grader, database: Database) -> None:
    words = ("course", "create", "ml-2027", "--title", "Machine Learning", "--term", "2027")
    assert grader(*words, "--time-zone", "Europe/London", "--staff", "ada").stdout == "made ml-2027\n"
    listed = [json.loads(line) for line in grader("user", "list", "--json").stdout.splitlines()]
    assert [row["courses"] for row in listed if row["login"] == "ada"] == [["ml:student", "ml-2027:staff"]]
    assert "ml-2027" in grader("course", "list").stdout
    for wrong, sentence in (
        (("ml-2027", "--title", "Again"), "already"),
        (("ML 2027", "--title", "x"), "a–z, digits and -"),
        (("new", "--title", " "), "must not be empty"),
        (("new", "--title", "x", "--time-zone", "Mars/Base"), "time zone"),
        (("new", "--title", "x", "--staff", "nobody"), "nobody with the login"),
    ):
        answer = grader("course", "create", *wrong)
        assert isinstance(answer.exception, UsageError)
        assert sentence in str(answer.exception)
    assert "new" not in grader("course", "list").stdout


def test_a_token_is_made_listed_and_revoked(grader: Grader, database: Database) -> None:
    text = grader("token", "create", "ada", "--scope", "read", "--days", "7").stdout.strip()
    with database.reading() as session:
        found = person_of_token(session, text, utc_now())
        assert found is not None
        assert (found[0].login, found[1].scopes) == ("ada", ["read"])
    (row,) = [json.loads(line) for line in grader("token", "list", "ada", "--json").stdout.splitlines()]
    assert text.startswith(row["prefix"])
    assert text not in json.dumps(row)
    assert "command line" in grader("token", "list", "ada").stdout
    assert grader("token", "revoke", "ada", str(row["id"])).exit_code == 0
    with database.reading() as session:
        assert person_of_token(session, text, utc_now()) is None
    told = json.loads(grader("token", "create", "ada", "--json").stdout)
    assert told["scopes"] == ["read", "submit"]


def test_a_dry_run_of_a_roster_says_everything_and_changes_nothing(
    grader: Grader, database: Database, tmp_path: Path
) -> None:
    file = tmp_path / "roster.csv"
    file.write_text(ROSTER, "utf-8")
    shown = grader("roster", "import", "ml", str(file), "--dry-run", "--end-missing")
    assert shown.exit_code == 0
    for words in ("grace (=Grace) new: student, section B", "bob (Bob) is not in the file: leaves", "dry run"):
        assert words in shown.output
    with database.reading() as session:
        assert accounts.person_with_login(session, "grace") is None


def test_a_roster_is_imported_and_the_links_go_into_a_file_of_ones_own(
    grader: Grader, database: Database, tmp_path: Path
) -> None:
    file, links = tmp_path / "roster.csv", tmp_path / "links.csv"
    file.write_text(ROSTER, "utf-8")
    done = grader("roster", "import", "ml", str(file), "--end-missing", "--links", str(links))
    assert done.exit_code == 0, done.output
    assert stat.S_IMODE(links.stat().st_mode) == 0o600
    _, line = links.read_text("utf-8").splitlines()
    assert line.startswith("grace,'=Grace,,http://127.0.0.1:8000/invite/")
    with database.transaction() as session:
        invitations.accept_as_new(session, line.rpartition("/")[2], password=PASSWORD)
    assert knows(database, "grace", PASSWORD)
    again = grader("roster", "import", "ml", str(file), "--links", str(links))
    assert isinstance(again.exception, UsageError)
    assert "is there already" in str(again.exception)


def test_links_go_to_standard_output_alone_and_a_faulty_file_changes_nothing(
    grader: Grader, database: Database, tmp_path: Path
) -> None:
    done = grader("roster", "import", "ml", "-", given=ROSTER)
    assert done.stdout.splitlines()[0] == "login,name,email,link"
    assert len(done.stdout.splitlines()) == 2
    faulty = grader("roster", "import", "ml", "-", given="login,name\nlise,Lise\na b,X\n")
    assert faulty.exit_code == 1
    assert "line 3:" in faulty.stderr
    assert faulty.stdout == ""
    with database.reading() as session:
        assert accounts.person_with_login(session, "lise") is None
    nowhere = grader("roster", "import", "nowhere", "-", given=ROSTER)
    assert "there are: ml" in str(nowhere.exception)


def test_a_database_without_tables_is_explained(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GRADER_DATABASE_URL", raising=False)
    answer = CliRunner().invoke(cli, ["user", "list", "--data", str(tmp_path / "fresh")])
    assert isinstance(answer.exception, UsageError)
    assert "grader migrate" in str(answer.exception)
