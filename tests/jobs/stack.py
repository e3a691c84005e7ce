"""The service as real processes that can be killed one by one, and students who hand in whatever happens."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path

from grader.bench.rush_course import PASSWORD, make_course
from grader.bench.visitor import Answer, NoAnswer, Visitor
from grader.store.database import Database
from grader.store.migrate import upgrade
from tests.servers import Postgres, Redis, free_port
from tests.world import TENSOR_ADD, bank_question

STARTED_S = 120.0  # on a machine with much else to do
RIGHT = "import torch\n\n\ndef tensor_add(a, b):\n    return torch.tensor(a) + torch.tensor(b)\n"
SOURCES = (
    RIGHT,
    RIGHT.replace("+", "-"),
    RIGHT.replace("    return", "    __import__('time').sleep(0.1)\n    return"),
    "def tensor_add(a, b):\n    return a + b\n",
    "def tensor_add(a, b):\n",
    RIGHT.replace("    return", "    __import__('os')._exit(3)\n    return"),
)


class Process:
    """One program of the service, in a session of its own; SIGKILL takes all of it, and it can be started again."""

    def __init__(self, name: str, command: list[str], folder: Path, **environment: str) -> None:
        self._log = folder / f"{name}.log"
        self._command = [sys.executable, "-m", *command]
        self._environment = {**os.environ, **environment}
        self._running: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        """Of its first process."""
        assert self._running is not None
        return self._running.pid

    def start(self) -> None:
        """Start it without waiting."""
        with self._log.open("ab") as log:
            self._running = subprocess.Popen(
                self._command, env=self._environment, stdout=log, stderr=log, start_new_session=True
            )

    def keep(self) -> None:
        """Start it again if it has ended by itself, as whatever supervises a deployment does."""
        if self._running is not None and self._running.poll() is not None:
            self.kill()
            self.start()

    def kill(self) -> None:
        """SIGKILL."""
        if self._running is not None:
            with suppress(ProcessLookupError):
                os.killpg(self._running.pid, signal.SIGKILL)
            self._running.wait()
            self._running = None

    def stop(self) -> None:
        """SIGTERM, and wait."""
        if self._running is not None:
            self._running.terminate()
            self._running.wait()
            self.kill()

    def kill_parent_only(self) -> None:
        """SIGKILL to the first process; what it started must end by itself."""
        assert self._running is not None
        self._running.kill()
        self._running.wait()
        self._running = None

    def said(self) -> str:
        """The end of what it wrote."""
        return self._log.read_text(encoding="utf-8", errors="replace")[-3000:]


class Stack:
    """PostgreSQL, Redis, gunicorn, a worker and beat."""

    def __init__(self, folder: Path, postgres: Postgres, redis: Redis, sandbox: str) -> None:
        self.postgres = postgres
        self.redis = redis
        self.port = free_port()
        self.database = Database(postgres.url())
        upgrade(postgres.url())
        shared = {
            "GRADER_DATA": str(folder / "data"),
            "GRADER_DATABASE_URL": postgres.url(),
            "GRADER_BROKER_URL": redis.url,
            "GRADER_SECRET_KEY": "only for this run",
            "GRADER_SANDBOX": sandbox,
            "GRADER_LANES": "2",
        }
        site = ["gunicorn", "--config", "python:web.server", "--bind", f"127.0.0.1:{self.port}", "web:create_app()"]
        celery = ["celery", "-A", "grader.jobs.app"]
        self.site = Process("site", site, folder, **shared)
        self.worker = Process("worker", [*celery, "worker", "--loglevel", "WARNING"], folder, **shared)
        self.beat = Process("beat", [*celery, "beat", "--loglevel", "WARNING"], folder, **shared)

    def start(self) -> None:
        """Everything; returns when the site answers."""
        for process in (self.site, self.worker, self.beat):
            process.start()
        wait_for_site(self.port, self.site)

    def keep(self) -> None:
        """Start again what has ended by itself."""
        for process in (self.site, self.worker, self.beat):
            process.keep()

    def close(self) -> None:
        """End everything but the two servers."""
        for process in (self.site, self.worker, self.beat):
            process.kill()
        self.database.close()


@dataclass
class Student:
    """Somebody who sends each source until the site says that it has it."""

    number: int
    port: int
    page: str
    sources: list[str]
    handed_in: dict[str, int] = field(default_factory=dict)  # source to submission
    problem: str | None = None

    def work(self, until_s: float, pause_s: float) -> None:
        """Hand in everything, with a pause between."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=15)
        visitor = Visitor(f"student{self.number}", "127.0.0.1")
        is_in = False
        last: Exception | None = None
        for position, source in enumerate(self.sources):
            while source not in self.handed_in and self.problem is None:
                if time.monotonic() > until_s:
                    self.problem = f"the site came not back after {len(self.handed_in)} submissions: {last}"
                    break
                try:
                    if not is_in:
                        visitor = Visitor(f"student{self.number}", "127.0.0.1")  # with no cookie of a lost answer
                        visitor.log_in(connection, PASSWORD, self.page)
                        is_in = True
                    key = f"chaos-{self.number}-{position:04}"
                    self._hear(
                        source, visitor.post(connection, f"{self.page}submit", source=source, idempotency_key=key)
                    )
                except NoAnswer as error:
                    last = error
                    connection.close()
                    time.sleep(0.1)
            time.sleep(pause_s)
        connection.close()

    def _hear(self, source: str, answer: Answer) -> None:
        if answer.status == 303:
            self.handed_in[source] = int(answer.location.strip("/").rpartition("/")[2])
        elif answer.status >= 500:
            raise NoAnswer(f"HTTP {answer.status}")
        else:
            self.problem = f"HTTP {answer.status}: {answer.body[-600:]!r}"


def make_students(database: Database, port: int, seed: int, *, count: int, each: int) -> list[Student]:
    """A course, and who hands in there."""
    page = make_course(database, bank_question(TENSOR_ADD), count)
    chance = random.Random(seed)
    return [
        Student(number, port, page, [f"{chance.choice(SOURCES)}# {number} {position}\n" for position in range(each)])
        for number in range(count)
    ]


def set_to_work(students: list[Student], *, within_s: float, pause_s: float) -> list[threading.Thread]:
    """A thread for each."""
    until_s = time.monotonic() + within_s
    threads = [threading.Thread(target=student.work, args=(until_s, pause_s)) for student in students]
    for thread in threads:
        thread.start()
    return threads


def wait_for_site(port: int, process: Process) -> None:
    """Until it answers."""
    until_s = time.monotonic() + STARTED_S
    while time.monotonic() < until_s:
        connection = HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", "/healthz")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.1)
        finally:
            connection.close()
    raise AssertionError(f"the site did not start: {process.said()}")


def slots_of(worker_pid: int, role: str) -> list[int]:
    """The local backend's slots of this role that the worker started."""
    return [pid for pid, parent, command in _processes() if parent == worker_pid and f"local_slot\0{role}" in command]


def judges_of(worker_pid: int) -> list[int]:
    """Open judges: the processes within the judges' slot that were forked last."""
    family = set(slots_of(worker_pid, "judge"))
    parents = {pid: parent for pid, parent, _ in _processes()}
    while more := {pid for pid, parent in parents.items() if parent in family} - family:
        family |= more
    return [pid for pid in family if pid not in parents.values()]


def family_of(folder: Path) -> list[int]:
    """Every process that names this folder on its command line, and the slots' processes under it."""
    return [pid for pid, _, command in _processes() if str(folder) in command and pid != os.getpid()]


def _processes() -> list[tuple[int, int, str]]:
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((process / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()[1])
            command = (process / "cmdline").read_bytes().decode(errors="replace")
        except OSError:  # it has ended meanwhile
            continue
        found.append((int(process.name), parent, command))
    return found
