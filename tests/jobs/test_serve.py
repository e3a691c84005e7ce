"""`grader serve`: one process tree that starts, restarts what ends, and leaves nothing behind."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection
from pathlib import Path

import pytest

from grader.store.database import Database
from grader.store.words import RunState
from grader.vocab import Verdict
from tests.jobs.conftest import RIGHT, submit, wait_for
from tests.jobs.stack import family_of
from tests.world import make_world

pytestmark = pytest.mark.slow

STARTED_S = 120.0  # on a machine with much else to do


def _command(data: Path, *more: str) -> list[str]:
    chosen = ["--data", str(data), "--sandbox", "local", "--lanes", "1", "--no-demo", *more]
    return [sys.executable, "-m", "grader.cli.main", "serve", *chosen]


@contextmanager
def _serving(data: Path, *more: str) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """A site that has said where it is; its process and its port."""
    with ExitStack() as stack:
        process = stack.enter_context(
            subprocess.Popen(_command(data, *more), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        )
        stack.callback(process.kill)
        assert process.stdout is not None
        found = re.search(r":(\d+)/", process.stdout.readline())
        assert found is not None
        _wait_until_healthy(int(found[1]))
        yield process, int(found[1])


def _wait_until_healthy(port: int) -> None:
    """The socket is open from the start, so that a request waits for the site."""
    connection = HTTPConnection("127.0.0.1", port, timeout=STARTED_S)
    connection.request("GET", "/healthz")
    assert connection.getresponse().status == 200
    connection.close()


def _refused(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, timeout=STARTED_S, check=False)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    return done.stderr


def _ends(folder: Path) -> bool:
    for _ in range(200):
        if not family_of(folder):
            return True
        time.sleep(0.05)
    return False


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_stops_cleanly_when_asked(tmp_path: Path, number: signal.Signals) -> None:
    with _serving(tmp_path, "--port", "0") as (process, _):
        process.send_signal(number)
        assert process.wait(timeout=STARTED_S) == 0
        assert family_of(tmp_path) == []


def test_killed_it_leaves_no_process_behind(tmp_path: Path) -> None:
    with _serving(tmp_path, "--port", "0") as (process, _):
        assert len(family_of(tmp_path)) >= 4
        process.kill()
        process.wait()
        assert _ends(tmp_path)


def test_children_that_are_killed_are_started_again(tmp_path: Path) -> None:
    with _serving(tmp_path, "--port", "0") as (process, port):
        database = Database(f"sqlite:///{tmp_path / 'grader.db'}")
        with database.transaction() as session:
            world = make_world(session)
        for pid in family_of(tmp_path):
            if pid != process.pid:
                os.kill(pid, signal.SIGKILL)
        _wait_until_healthy(port)
        submission = submit(database, world, RIGHT).submission_id
        assert wait_for(database, submission, RunState.FINISHED).verdict is Verdict.ACCEPTED
        database.close()


def test_a_second_one_on_the_same_folder_or_port_is_told_so(tmp_path: Path) -> None:
    with _serving(tmp_path / "first", "--port", "0") as (process, port):
        assert f"process {process.pid}" in _refused(*_command(tmp_path / "first", "--port", "0"))
        assert "--port" in _refused(*_command(tmp_path / "second", "--port", str(port)))


def test_an_address_of_another_machine_is_refused_in_plain_words(tmp_path: Path) -> None:
    said = _refused(*_command(tmp_path, "--host", "192.0.2.1"))
    assert "cannot listen at 192.0.2.1" in said


def test_with_a_broker_set_it_says_what_to_do(tmp_path: Path) -> None:
    command = ["env", "GRADER_BROKER_URL=redis://127.0.0.1/0", *_command(tmp_path)]
    assert "docs/operating.md" in _refused(*command)


def test_a_request_that_comes_while_the_site_starts_is_answered(tmp_path: Path) -> None:
    with subprocess.Popen(_command(tmp_path, "--port", "0"), stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        found = re.search(r":(\d+)/", process.stdout.readline())
        assert found is not None
        with socket.create_connection(("127.0.0.1", int(found[1])), timeout=5) as early:
            early.settimeout(STARTED_S)
            early.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            assert early.recv(12) == b"HTTP/1.1 200"
        process.terminate()
