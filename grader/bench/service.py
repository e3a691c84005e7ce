"""The whole service on this machine, as docker-compose.yml runs it: PostgreSQL, Redis, gunicorn, a worker and beat."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection
from pathlib import Path

from grader.bench.servers import Postgres, Redis, free_port, running_postgres, running_redis
from grader.errors import SandboxFault
from grader.store.database import Database
from grader.store.migrate import upgrade

READY_S = 60.0
STOP_S = 30.0


class Service:
    """A running service: where it answers, its database, and its processes by role."""

    def __init__(self, folder: Path, postgres: Postgres, redis: Redis) -> None:
        self.folder = folder
        self.port = free_port()
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        self.postgres = postgres
        self.redis = redis
        with postgres.connect() as connection:
            connection.execute("CREATE DATABASE grader")
        self.database_url = postgres.url("grader")
        upgrade(self.database_url)
        self.database = Database(self.database_url, connections=4)

    def start(self, role: str, *arguments: str, **environment: str) -> None:
        """Start `python -m …` as part of the service."""
        variables = [f"{name}={value}" for name, value in {**self._environment(), **environment}.items()]
        with (self.folder / f"{role}.log").open("ab") as log:
            self.processes[role] = subprocess.Popen(
                ["env", *variables, sys.executable, "-m", *arguments],
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def stop(self) -> None:
        """End everything that was started, the last first."""
        for process in reversed(self.processes.values()):
            process.terminate()
        for process in self.processes.values():
            try:
                process.wait(STOP_S)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self.database.close()

    def last_words(self, role: str) -> str:
        """The end of what it wrote."""
        return (self.folder / f"{role}.log").read_text(encoding="utf-8", errors="replace")[-3000:]

    def check(self) -> None:
        """Raise a SandboxFault when a process has ended by itself."""
        for role, process in self.processes.items():
            if process.poll() is not None:
                raise SandboxFault(f"the {role} ended:\n{self.last_words(role)}", permanent=True)

    def wait_for_site(self) -> None:
        """Until it answers."""
        for _ in range(round(READY_S / 0.1)):
            self.check()
            connection = HTTPConnection("127.0.0.1", self.port, timeout=5)
            try:
                connection.request("GET", "/healthz")
                if connection.getresponse().status == 200:
                    return
            except OSError:
                pass
            finally:
                connection.close()
            time.sleep(0.1)
        raise SandboxFault(f"the site did not answer:\n{self.last_words('site')}", permanent=True)

    def _environment(self) -> dict[str, str]:
        return {
            "GRADER_DATA": str(self.folder / "data"),
            "GRADER_DATABASE_URL": self.database_url,
            "GRADER_BROKER_URL": self.redis.url,
            "GRADER_SECRET_KEY": "only for this run",
            "GRADER_PROXIES": "1",  # the client says which address each student has
        }


@contextmanager
def running_service(*, lanes: int, site_processes: int, sandbox: str) -> Iterator[Service]:
    """A service while the block runs; nothing is left behind."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="grader-rush-")))
        postgres, redis = stack.enter_context(running_postgres()), stack.enter_context(running_redis())
        service = Service(folder, postgres, redis)
        stack.callback(service.stop)
        site = ["gunicorn", "--config", "python:web.server", "--bind", f"127.0.0.1:{service.port}"]
        service.start("site", *site, "web:create_app()", WEB_CONCURRENCY=str(site_processes))
        celery = ["celery", "-A", "grader.jobs.app"]
        worker = {"GRADER_LANES": str(lanes), "GRADER_SANDBOX": sandbox, "GRADER_DEVICES": "cpu,gpu"}
        service.start("worker", *celery, "worker", "--loglevel", "WARNING", **worker)
        service.start("beat", *celery, "beat", "--loglevel", "WARNING")
        service.wait_for_site()
        yield service
