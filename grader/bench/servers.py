"""Servers for a benchmark or a test: real ones, on free ports, with nothing left behind."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import redis


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def postgres_programs() -> Path | None:
    """Debian keeps PostgreSQL's programs off PATH, a folder for each version."""
    beside = shutil.which("initdb")
    found = [Path(beside).parent] if beside else sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    return found[-1] if found and (found[-1] / "initdb").exists() else None


def why_no_postgres() -> str | None:
    """What is missing to start PostgreSQL; None when nothing is."""
    return None if postgres_programs() else "no PostgreSQL server (apt-get install postgresql)"


def why_no_redis() -> str | None:
    """What is missing to start Redis; None when nothing is."""
    return None if shutil.which("redis-server") else "no Redis server (apt-get install redis-server)"


class Postgres:
    """A PostgreSQL server of its own; `stop` and `start` may be called in turn.

    `keep`: a folder that its data stay in, for the next one that is told the same folder; else they go with it.
    """

    def __init__(self, keep: Path | None = None) -> None:
        programs = postgres_programs()
        assert programs is not None
        self._programs = programs
        self._folder = keep or Path(tempfile.mkdtemp(prefix="grader-postgres-"))
        self._is_kept = keep is not None
        self._data = self._folder / "data"
        self.port = free_port()
        self._server: subprocess.Popen[bytes] | None = None
        self._folder.mkdir(parents=True, exist_ok=True)
        if os.geteuid() == 0:
            shutil.chown(self._folder, "postgres", "postgres")
        if not (self._data / "PG_VERSION").exists():
            self._run("initdb", "-D", str(self._data), "-U", "grader", "-A", "trust", "--no-sync", "-E", "UTF8")

    def url(self, name: str = "postgres") -> str:
        """SQLAlchemy's address of a database on it."""
        return f"postgresql+psycopg://grader@127.0.0.1:{self.port}/{name}"

    def start(self) -> None:
        """Start it and wait until it answers."""
        said = self._folder / "log"
        with said.open("ab") as log:
            self._server = subprocess.Popen(
                [
                    *self._as_postgres(),
                    str(self._programs / "postgres"),
                    *("-D", str(self._data), "-p", str(self.port), "-c", "listen_addresses=127.0.0.1"),
                    *("-c", f"unix_socket_directories={self._folder}", "-c", "max_connections=200"),
                ],
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        for _ in range(300):
            with contextlib.suppress(psycopg.OperationalError), self.connect():
                return
            if self._server.poll() is not None:
                break
            time.sleep(0.05)
        raise RuntimeError(f"PostgreSQL did not start: {said.read_text(errors='replace')[-2000:]}")

    def connect(self, name: str = "postgres") -> psycopg.Connection:
        """A connection for statements of one's own."""
        return psycopg.connect(f"host=127.0.0.1 port={self.port} user=grader dbname={name}", autocommit=True)

    def stop(self) -> None:
        """Stop it at once, breaking what clients are doing, as an administrator's restart does."""
        if self._server is not None:
            self._server.send_signal(signal.SIGINT)
            self._server.wait()
            self._server = None

    def close(self) -> None:
        """Stop it and remove its files, but for those that are kept."""
        self.stop()
        if not self._is_kept:
            shutil.rmtree(self._folder, ignore_errors=True)

    def _as_postgres(self) -> list[str]:
        # It refuses to run as root.
        return ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.geteuid() == 0 else []

    def _run(self, program: str, *args: str) -> None:
        command = [*self._as_postgres(), str(self._programs / program), *args]
        subprocess.run(command, check=True, capture_output=True, cwd="/")


class Redis:
    """A Redis server of its own, without persistence: killed, it forgets everything."""

    def __init__(self) -> None:
        self.port = free_port()
        self._server: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Its address for Celery."""
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        """Start it and wait until it answers."""
        self._server = subprocess.Popen(
            ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd="/",
            start_new_session=True,
        )
        for _ in range(200):
            with contextlib.suppress(redis.ConnectionError), redis.Redis(port=self.port) as client:
                client.ping()
                return
            time.sleep(0.05)
        raise RuntimeError("Redis did not start")

    def kill(self) -> None:
        """SIGKILL."""
        if self._server is not None:
            self._server.kill()
            self._server.wait()
            self._server = None

    close = kill


@contextlib.contextmanager
def running_postgres(keep: Path | None = None) -> Iterator[Postgres]:
    """A server while the block runs."""
    server = Postgres(keep)
    try:
        server.start()
        yield server
    finally:
        server.close()


@contextlib.contextmanager
def running_redis() -> Iterator[Redis]:
    """A server while the block runs."""
    server = Redis()
    try:
        server.start()
        yield server
    finally:
        server.close()
