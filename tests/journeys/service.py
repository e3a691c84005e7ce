"""A whole service for a browser to visit: `grader serve` on a folder of its own, with a small course in it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from grader.services.people.accounts import set_password
from grader.settings import ServiceSettings
from grader.store.database import Database
from grader.store.migrate import upgrade
from grader.store.models import Person
from tests.world import NEG_LOG_LIKELIHOOD, ROOT, TENSOR_ADD, make_world

LOGISTIC = "comp90051/workshop6/logistic_regression"
SHARED = "comp0087/pytorch_intro/shared_product"
PASSWORD = "correct horse battery"
STUDENTS = ("ada", "bob")
STARTING_S = 120
_GREETING = re.compile(r"http://[\w.:\[\]]+/")


@contextmanager
def running_service(folder: Path) -> Iterator[str]:
    """Its address while the block runs."""
    settings = ServiceSettings.from_environment({}, data_dir=folder)
    upgrade(settings.database_url)
    database = Database(settings.database_url)
    with database.transaction() as session:
        make_world(session, (NEG_LOG_LIKELIHOOD, TENSOR_ADD, LOGISTIC, SHARED), attempts_allowed=10)
        for person in session.query(Person):
            set_password(person, PASSWORD)
    database.close()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GRADER_")}
    serve = [sys.executable, "-m", "grader.cli.main", "serve", "--no-demo", "--port", "0", "--data", str(folder)]
    said = folder / "said.txt"  # a file, so that nothing waits for a reader
    with said.open("wb") as output:
        process = subprocess.Popen(
            [*serve, "--sandbox", "local", "--lanes", "1"],
            cwd=ROOT,
            env=environment,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    try:
        yield _address(process, said)
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _address(process: subprocess.Popen[bytes], said: Path) -> str:
    """What the greeting says."""
    for _ in range(20 * STARTING_S):
        found = _GREETING.search(said.read_text("utf-8"))
        if found is not None:
            return found.group()
        if process.poll() is not None:
            break
        time.sleep(0.05)
    raise RuntimeError(f"the service did not start:\n{said.read_text('utf-8')}")
