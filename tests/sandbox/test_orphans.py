"""A worker that is killed leaves nothing behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.sandbox import docker

# A worker that has a slot with a busy child, says so, and waits to be killed.
WORKER = """
import sys, time
from queue import SimpleQueue
from grader.sandbox.choose import open_sandbox
from grader.vocab import Limits, Role
from tests.sandbox.conftest import Visitor
sandbox = open_sandbox(sys.argv[1], lanes=1)
visitor = Visitor(sandbox, "def f():\\n    while True: pass\\n", Limits(cpu_s=600))
visitor.answer()
visitor.call()
print("busy", flush=True)
time.sleep(600)
"""


def eventually(condition: Callable[[], bool], within_s: float = 30) -> bool:
    """Whether `condition` became true in time."""
    until = time.monotonic() + within_s
    while time.monotonic() < until:
        if condition():
            return True
        time.sleep(0.05)
    return condition()


def busy_worker(backend: str) -> subprocess.Popen[str]:
    """A worker of `backend` whose child computes for ever."""
    worker = subprocess.Popen(
        [sys.executable, "-c", WORKER, backend], stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2]
    )
    assert worker.stdout is not None
    assert worker.stdout.readline() == "busy\n"
    return worker


def kill(worker: subprocess.Popen[str]) -> None:
    """SIGKILL, as a kernel short of memory would."""
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    assert worker.stdout is not None
    worker.stdout.close()


def descendants(pid: int) -> set[int]:
    """Everything that `pid` started, directly or not."""
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            try:
                parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
    found: set[int] = set()
    frontier = {pid}
    while frontier:
        frontier = {child for child, parent in parents.items() if parent in frontier} - found
        found |= frontier
    return found


def is_alive(pid: int) -> bool:
    """Whether the process runs still (a zombie does not)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_no_process_of_a_killed_worker_lives_on() -> None:
    worker = busy_worker("local")
    started = descendants(worker.pid)
    assert len(started) >= 3  # the slot's outer process, its warm process, and the child
    kill(worker)
    assert eventually(lambda: not any(is_alive(pid) for pid in started))


@pytest.mark.docker
def test_the_containers_of_a_killed_worker_end_by_themselves() -> None:
    engine = docker.connect()
    worker = busy_worker("docker")
    mine = f"/{worker.pid}/"

    def left() -> list[str | None]:
        containers = engine.containers.list(all=True, ignore_removed=True, filters={"label": docker.SLOT_LABEL})
        return [c.id for c in containers if mine in c.labels[docker.OWNER_LABEL]]

    assert len(left()) == 2
    kill(worker)
    assert eventually(lambda: left() == [])
    engine.close()


@pytest.mark.docker
def test_the_sweeper_removes_what_a_killed_worker_left_and_nothing_else() -> None:
    engine = docker.connect()
    worker = busy_worker("docker")
    # Stopped, its warm process cannot notice that stdin has ended.
    theirs = [
        c
        for c in engine.containers.list(ignore_removed=True, filters={"label": docker.SLOT_LABEL})
        if f"/{worker.pid}/" in c.labels[docker.OWNER_LABEL]
    ]
    for container in theirs:
        os.kill(container.attrs["State"]["Pid"], signal.SIGSTOP)
    docker.sweep(engine)
    assert all(_exists(engine, container.id) for container in theirs)
    kill(worker)
    assert docker.sweep(engine) >= 1
    assert not any(_exists(engine, container.id) for container in theirs)
    engine.close()


def _exists(engine: object, identifier: str | None) -> bool:
    return any(c.id == identifier for c in engine.containers.list(all=True, ignore_removed=True))  # type: ignore[attr-defined]
