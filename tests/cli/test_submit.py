"""`grader submit` against a real site on a real socket."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from werkzeug.serving import make_server

from grader.clock import utc_now
from grader.settings import ClientSettings
from grader.store.database import Database
from grader.store.models import Assignment, GradingRun, Submission
from grader.store.words import Origin, Purpose
from tests.databases import blank_sqlite, sqlite_url
from tests.servers import free_port
from tests.web.api_world import CHOICE, NUMERIC, SOURCE, TEXT, WITH_REASON, Api, grade_next, open_api

__all__ = ["blank_sqlite", "sqlite_url"]

Wsgi = Callable[[dict[str, Any], Any], Iterable[bytes]]


class LossyWire:
    """Passes requests on, and loses the first answers: the connection is cut once the site has done its work."""

    def __init__(self, site: Wsgi) -> None:
        self.site = site
        self.to_lose = 0
        self.asked: list[tuple[str, str | None]] = []

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        self.asked.append((environ["REQUEST_METHOD"], environ.get("HTTP_IDEMPOTENCY_KEY")))
        answer = self.site(environ, start_response)
        if self.to_lose:
            self.to_lose -= 1
            environ["werkzeug.socket"].shutdown(socket.SHUT_RDWR)
        return answer


class Served:
    """A site that answers, and the command in a home of its own."""

    def __init__(self, api: Api, folder: Path) -> None:
        self.api = api
        self.wire = LossyWire(api.client.application.wsgi_app)
        self._server = make_server("127.0.0.1", 0, self.wire, threaded=True)
        self.address = f"http://127.0.0.1:{self._server.port}"
        self.folder = folder
        self.file("mine.py", SOURCE)
        self._thread = threading.Thread(target=self._server.serve_forever)
        self._thread.start()

    def close(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def file(self, name: str, content: str | bytes) -> Path:
        path = self.folder / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def run(self, *arguments: str, stdin: str = "", **environment: str | None) -> subprocess.CompletedProcess[str]:
        usual = {"GRADER_SERVER": self.address, "GRADER_TOKEN": self.api.tokens["ada"], "HOME": str(self.folder)}
        chosen = {name: value for name, value in {**usual, **environment}.items() if value is not None}
        return subprocess.run(
            [sys.executable, "-m", "grader.cli.main", "submit", *arguments],
            cwd=self.folder,
            env={"PATH": os.environ["PATH"], "PYTHONPATH": str(Path(__file__).parents[2]), **chosen},
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    def submissions(self) -> list[Submission]:
        with self.api.database.reading() as session:
            rows = list(session.scalars(select(Submission).order_by(Submission.id)))
            for row in rows:
                assert row.source is not None  # loaded while the session lasts
            return rows


@pytest.fixture
def served(tmp_path: Path, sqlite_url: str) -> Iterator[Served]:
    database = Database(sqlite_url)
    with open_api(tmp_path / "data", database, sqlite_url, attempts_allowed=2) as api:
        (tmp_path / "home").mkdir()
        opened = Served(api, tmp_path / "home")
        yield opened
        opened.close()
    database.close()


@pytest.fixture
def worker(served: Served) -> Iterator[None]:
    """Grades whatever waits, a moment after it came."""
    over = threading.Event()

    def work() -> None:
        while not over.wait(0.3):
            with served.api.database.reading() as session:
                waits = session.scalar(select(func.count()).select_from(GradingRun).where(GradingRun.state == "queued"))
            if waits:
                grade_next(served.api.database)

    thread = threading.Thread(target=work)
    thread.start()
    yield
    over.set()
    thread.join()


def test_a_file_is_handed_in_and_its_page_is_named(served: Served) -> None:
    done = served.run("tensor_add", "mine.py")
    (row,) = served.submissions()
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"Handed in: {served.address}/submissions/{row.id}/\n"
    assert (row.source, row.origin, row.file_name) == (SOURCE.encode(), Origin.API, "mine.py")
    again = served.run("tensor_add", "mine.py", "--precheck", "--json")
    assert set(json.loads(again.stdout)) == {"id", "url"}
    assert served.submissions()[1].purpose is Purpose.PRECHECK


@pytest.mark.usefixtures("worker")
def test_waiting_prints_the_result_as_check_does(served: Served) -> None:
    done = served.run("tensor_add", "mine.py", "--wait", COLUMNS="100")
    assert done.returncode == 0
    for word in ("wrong answer", "0 / 10", "public case", "hidden case", "expected 4711", "/submissions/1/"):
        assert word in done.stdout
    assert done.stdout.count("4711") == 1  # the hidden case's is not told


@pytest.mark.usefixtures("worker")
def test_waiting_for_json_gives_the_object_of_check_with_the_state(served: Served) -> None:
    done = served.run("tensor_add", "mine.py", "--wait", "--json")
    told = json.loads(done.stdout)
    assert done.returncode == 0
    assert (told["state"], told["verdict"], told["file"]) == ("finished", "wrong_answer", "mine.py")


def test_a_retry_after_a_lost_answer_hands_in_once(served: Served) -> None:
    served.wire.to_lose = 2
    done = served.run("tensor_add", "mine.py")
    assert done.returncode == 0
    assert done.stderr.count("trying again") == 2
    assert len(served.submissions()) == 1
    methods, keys = zip(*served.wire.asked, strict=True)
    assert (methods, len(set(keys))) == (("POST",) * 3, 1)


def test_two_commands_are_two_submissions(served: Served) -> None:
    for text in ("x = 1", "x = 2"):
        served.file("mine.py", text)
        assert served.run("tensor_add", "mine.py").returncode == 0
    assert len(served.submissions()) == 2


def test_a_server_that_is_down_is_named_and_is_nobodys_wrong_usage(served: Served) -> None:
    address = f"http://127.0.0.1:{free_port()}"
    done = served.run("tensor_add", "mine.py", GRADER_SERVER=address)
    assert (done.returncode, done.stdout) == (3, "")
    assert address in done.stderr
    assert "cannot be reached" in done.stderr


def test_something_else_that_answers_is_no_grader(served: Served) -> None:
    done = served.run("tensor_add", "mine.py", "--server", f"{served.address}/elsewhere")
    assert (done.returncode, "does not look like a grader" in done.stderr) == (2, True)


@pytest.mark.parametrize(
    ("arguments", "hints"),
    [
        (["tensor_ad", "mine.py"], ["did you mean 'tensor_add'"]),
        (["tensor_add", "mine.py", "--token", "grader_wrong"], ["does not take this token", "/account"]),
        (["tensor_add", "mine.py", "--token", "two words"], ["that token"]),
        (["tensor_add", "missing.py"], ["missing.py"]),
        (["tensor_add", "latin.py"], ["UTF-8"]),
        (["tensor_add", "broken.ipynb"], ["Jupyter"]),
        (["tensor_add", "empty.py"], ["empty"]),
        (["tensor_add", "mine.py", "--server", "grader.example.org"], ["https://"]),
        (["tensor_add", "mine.py", "--assignment", "t9"], ["tensor_add"]),
    ],
)
def test_wrong_usage_says_what_to_do(served: Served, arguments: list[str], hints: list[str]) -> None:
    served.file("latin.py", "# \xe4".encode("latin-1"))
    served.file("broken.ipynb", "{")
    served.file("empty.py", "")
    done = served.run(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    for hint in hints:
        assert hint in done.stderr
    assert "Traceback" not in done.stderr
    assert served.submissions() == []


def test_a_closed_window_and_a_used_up_allowance_are_told(served: Served) -> None:
    for text in ("x = 1", "x = 2"):
        served.file("mine.py", text)
        served.run("tensor_add", "mine.py")
    used_up = served.run("tensor_add", "mine.py")
    assert (used_up.returncode, "All 2 attempts" in used_up.stderr) == (2, True)
    with served.api.database.transaction() as session:
        assignment = session.get_one(Assignment, served.api.world.assignment_id)
        assignment.due_at = assignment.closes_at = utc_now()
    closed = served.run("neg_log_likelihood", "mine.py")
    assert (closed.returncode, "closed" in closed.stderr) == (2, True)


def test_a_notebook_goes_without_its_outputs(served: Served) -> None:
    cell = {"cell_type": "code", "source": SOURCE, "outputs": [{"data": "x" * 20_000_000}], "metadata": {}}
    served.file("mine.ipynb", json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}))
    done = served.run("tensor_add", "mine.ipynb")
    assert done.returncode == 0
    (row,) = served.submissions()
    assert b"def tensor_add" in row.source
    assert (row.origin, row.file_name) == (Origin.NOTEBOOK, "mine.ipynb")


def test_written_answers_are_handed_in_from_a_pipe(served: Served) -> None:
    number = served.run(NUMERIC, "-", "--wait", stdin="6\n")
    assert (number.returncode, "weight alone" in number.stdout) == (0, True)
    choice = served.run(CHOICE, "-", "--wait", stdin="affine\n")
    assert (choice.returncode, "accepted" in choice.stdout) == (0, True)
    text = served.run(TEXT, "-", "--wait", stdin="They pile up.\n")
    assert (text.returncode, "a person will mark it" in text.stdout) == (0, True)
    both = served.run(WITH_REASON, "-", "--wait", stdin="stochastic\nIt is called so.\n")
    assert "Look for chance inside the loop" in both.stdout
    assert (both.returncode, "0 / 1\nHanded in; a person will mark the reason." in both.stdout) == (0, True)


def test_what_could_not_be_graded_has_an_exit_code_of_its_own(served: Served) -> None:
    failing = threading.Event()

    def fail() -> None:
        while not failing.wait(0.1):
            with served.api.database.transaction() as session:
                for run in session.scalars(select(GradingRun).where(GradingRun.state == "queued")):
                    run.state = "failed"  # type: ignore[assignment]

    thread = threading.Thread(target=fail)
    thread.start()
    done = served.run("tensor_add", "mine.py", "--wait")
    failing.set()
    thread.join()
    assert (done.returncode, "cost no attempt" in done.stdout) == (3, True)


def test_patience_ends_with_where_to_look_later(served: Served) -> None:
    done = served.run("tensor_add", "mine.py", "--wait", "--patience", "1")
    assert done.returncode == 3
    assert f"{served.address}/submissions/1/" in done.stderr


def test_the_configuration_names_server_and_token(served: Served) -> None:
    folder = served.folder / ".config" / "grader"
    folder.mkdir(parents=True)
    file = folder / "config.toml"
    file.write_text(f'server = "{served.address}"\ntoken = "{served.api.tokens["bob"]}"\n')
    file.chmod(0o600)
    done = served.run("tensor_add", "mine.py", GRADER_SERVER=None, GRADER_TOKEN=None)
    assert (done.returncode, done.stderr) == (0, "")
    assert served.submissions()[0].person_id == served.api.world.people["bob"]
    file.chmod(0o644)
    readable = served.run("tensor_add", "mine.py", GRADER_SERVER=None, GRADER_TOKEN=None)
    assert "chmod 600" in readable.stderr
    file.write_text("server = 4\n")
    faulty = served.run("tensor_add", "mine.py", GRADER_SERVER=None, GRADER_TOKEN=None)
    assert (faulty.returncode, str(file) in faulty.stderr) == (2, True)


def test_a_token_of_the_configuration_goes_to_its_server_only(served: Served) -> None:
    folder = served.folder / ".config" / "grader"
    folder.mkdir(parents=True)
    (folder / "config.toml").write_text(
        f'server = "https://grader.example.org"\ntoken = "{served.api.tokens["bob"]}"\n'
    )
    done = served.run("tensor_add", "mine.py", "--server", served.address, GRADER_SERVER=None, GRADER_TOKEN=None)
    assert (done.returncode, "no token" in done.stderr, served.wire.asked) == (2, True, [])


def test_a_token_is_in_no_message(served: Served) -> None:
    settings = ClientSettings.from_environment({"GRADER_TOKEN": "grader_secret", "HOME": str(served.folder)})
    assert settings.token == "grader_secret"
    assert "grader_secret" not in repr(settings)


def test_a_redirect_is_not_followed_with_the_token(served: Served) -> None:
    def elsewhere(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        start_response("301 Moved", [("Location", "http://127.0.0.1:9/api/v1/submissions"), ("Content-Length", "0")])
        return [b""]

    served.wire.site = elsewhere
    done = served.run("tensor_add", "mine.py")
    assert (done.returncode, "leads elsewhere" in done.stderr) == (2, True)
