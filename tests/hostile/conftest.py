"""A backend for attacks, and a look at what they leave behind."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import docker
import msgspec
import pytest

from grader.pipeline.batch import grade_sources
from grader.pipeline.order import RunReport
from grader.sandbox.choose import open_sandbox
from grader.sandbox.docker import OWNER_LABEL, SLOT_LABEL
from grader.sandbox.interface import Sandbox
from grader.spec import Bank, Question
from tests.hostile.submissions import HONEST, USUAL_QUESTION

ROOT = Path(__file__).parents[2]
CLEAN_WITHIN_S = 20.0


@dataclass(frozen=True)
class Range:
    """Where attacks are tried: one backend, warm, with what it looks like at rest."""

    backend: str
    sandbox: Sandbox
    bank: Bank
    at_rest: int

    def question(self, question_id: str) -> Question:
        """As it stands."""
        return self.bank.get(question_id)

    def grade(self, *sources: bytes, question: str = USUAL_QUESTION, short: bool = True) -> list[RunReport]:
        """Reports of sources graded one after another in the same slots.

        `short` limits let what hangs hang for two seconds, not for five.
        """
        asked = self.question(question)
        if short:
            limits = replace(asked.spec.limits, wall_s=2.0, total_wall_s=16.0)
            asked = replace(asked, spec=msgspec.structs.replace(asked.spec, limits=limits))
        return [report for _, report in grade_sources(asked, enumerate(sources), sandbox=self.sandbox)]

    def assert_clean(self) -> None:
        """Nothing but the warm slots is left, at once or soon."""
        until = time.monotonic() + CLEAN_WITHIN_S
        while (left := alive(self.backend)) > self.at_rest:
            assert time.monotonic() < until, f"{left} processes or containers where {self.at_rest} belong"
            time.sleep(0.05)


@pytest.fixture(scope="session", params=["local", pytest.param("docker", marks=pytest.mark.docker)])
def firing_range(request: pytest.FixtureRequest) -> Iterator[Range]:
    """Attacks no host that is not fully shut off, be it by a container: some of the files mean what they say."""
    with open_sandbox(request.param, lanes=1) as sandbox:
        status = sandbox.status()
        if request.param == "local" and status.missing:
            pytest.skip(f"{request.param}: not every layer of confinement is in force: {status.missing}")
        bank = Bank(ROOT / "tasks", ROOT / "reference")
        rest = Range(request.param, sandbox, bank, at_rest=10**9)
        assert rest.grade(HONEST)[0].score > 0
        yield replace(rest, at_rest=_settled(request.param))


def _settled(backend: str) -> int:
    """The count once it has stayed the same for a while."""
    seen = [alive(backend)]
    while len(seen) < 10 or len(set(seen[-10:])) > 1:
        time.sleep(0.1)
        seen.append(alive(backend))
    return seen[-1]


def alive(backend: str) -> int:
    """How many processes hang below this one, or below the containers of this one."""
    return len(_descendants(os.getpid())) if backend == "local" else _in_containers()


def _descendants(top: int) -> set[int]:
    """Through /proc, which shows a process of an inner pid namespace too."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                stat = (entry / "stat").read_text()
            except OSError:
                continue  # gone since the folder was listed
            parents[int(entry.name)] = int(stat.rpartition(")")[2].split()[1])
    found = {top}
    while grown := {pid for pid, parent in parents.items() if parent in found} - found:
        found |= grown
    return found - {top}


def _in_containers() -> int:
    client: Any = docker.from_env()
    try:
        slots = client.containers.list(ignore_removed=True, filters={"label": SLOT_LABEL})
        ours = [slot for slot in slots if f"/{os.getpid()}/" in slot.labels.get(OWNER_LABEL, "")]
        return sum(1 + len(slot.top()["Processes"]) for slot in ours)
    finally:
        client.close()
