"""The ways to grade the same submissions, each behind the same two methods."""

from __future__ import annotations

import json
import shutil
import statistics
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from grader.bench.meter import Cost, Meter
from grader.bench.workload import QUESTION, SEED, Submission, plain_question, workload
from grader.errors import SandboxFault
from grader.pipeline.batch import grade_sources
from grader.sandbox.choose import open_sandbox
from grader.sandbox.image import tag
from grader.sandbox.interface import Sandbox
from grader.spec import Question

ITEM = Path(__file__).with_name("inside") / "item.py"


@dataclass(frozen=True, slots=True)
class Run:
    """One contender's turn: what it cost, how long each submission took, and which came out right."""

    cost: Cost
    each_s: list[float]  # empty where only the whole is known
    accepted: list[bool]

    @property
    def median_s(self) -> float | None:
        """Of one submission, while the others run beside it."""
        return statistics.median(self.each_s) if self.each_s else None


class Contender(Protocol):
    """One way to grade. `start` does what a deployment does once; `run` is timed."""

    name: str
    most: int | None  # more submissions than this a turn say nothing new; None for no such bound

    def start(self, stack: ExitStack) -> None:
        """Get ready; what must be ended is left on `stack`."""

    def run(self, submissions: Sequence[Submission]) -> Run:
        """Grade them all."""


class ColdContainer:
    """A fresh container for every submission, as most graders do it: torch is imported each time."""

    most: int | None = 10

    def __init__(self, question: Question, at_a_time: int) -> None:
        self.name = f"cold container, {at_a_time} at a time"
        self._question = plain_question(question)
        self._at_a_time = at_a_time
        found = shutil.which("docker")
        if found is None:
            raise SandboxFault("the cold container needs the command `docker`", permanent=True)
        item = ITEM.read_text(encoding="utf-8")
        self._command = [found, "run", "--rm", "--interactive", "--network", "none", "--entrypoint"]
        self._command += ["/opt/venv/bin/python", tag("sandbox"), "-I", "-B", "-c", item]

    def start(self, stack: ExitStack) -> None:
        """One container that nobody times, so that the image is in memory."""
        del stack
        self._grade(workload(1)[0])

    def run(self, submissions: Sequence[Submission]) -> Run:
        """See `Contender`."""
        meter = Meter()
        with ThreadPoolExecutor(self._at_a_time) as threads:
            done = list(threads.map(self._grade, submissions))
        return Run(meter.read(), [wall_s for wall_s, _ in done], [passed for _, passed in done])

    def _grade(self, submission: Submission) -> tuple[float, bool]:
        meter = Meter()
        order = json.dumps({**self._question, "source": submission.source})
        said = subprocess.run(self._command, input=order, capture_output=True, text=True, check=False)
        if said.returncode:
            raise SandboxFault(f"a cold container failed: {said.stderr[-1000:]}", permanent=True)
        return meter.read().wall_s, all(json.loads(said.stdout))


class Command:
    """`grader check` from its start to its end: what a person at a terminal waits for."""

    most: int | None = None

    def __init__(self, sandbox: str) -> None:
        self.name = f"grader check, {sandbox}"
        self._sandbox = sandbox

    def start(self, stack: ExitStack) -> None:
        """Nothing is kept from one command to the next."""
        del stack

    def run(self, submissions: Sequence[Submission]) -> Run:
        """See `Contender`."""
        files = [str(submission.path) for submission in submissions]
        command = [sys.executable, "-m", "grader.cli.main", "check", QUESTION, *files]
        meter = Meter()
        said = subprocess.run(
            [*command, "--json", "--sandbox", self._sandbox, "--seed", str(SEED)],
            capture_output=True,
            text=True,
            check=False,
        )
        cost = meter.read()
        if said.returncode:
            raise SandboxFault(f"`grader check` failed: {said.stderr[-1000:]}", permanent=True)
        reports = [json.loads(line) for line in said.stdout.splitlines()]
        return Run(cost, _seconds([report["duration_ms"] for report in reports]), _accepted(reports))


class WarmSandbox:
    """The same pipeline on slots that are warm already, as in a worker that has been up for a while."""

    most: int | None = None

    def __init__(self, question: Question, sandbox: str, lanes: int) -> None:
        self.name = f"{sandbox}, warm, {lanes} at a time"
        self._question = question
        self._backend = sandbox
        self._lanes = lanes
        self._sandbox: Sandbox | None = None

    def start(self, stack: ExitStack) -> None:
        """Open the slots and grade the ten once."""
        self._sandbox = stack.enter_context(open_sandbox(self._backend, lanes=self._lanes))
        self.run(workload(10))

    def run(self, submissions: Sequence[Submission]) -> Run:
        """See `Contender`."""
        assert self._sandbox is not None
        sources = [(index, submission.path.read_bytes()) for index, submission in enumerate(submissions)]
        meter = Meter()
        graded = grade_sources(self._question, sources, sandbox=self._sandbox, seed=SEED)
        reports = [report for _, report in graded]
        cost = meter.read()
        faults = [report.fault.message for report in reports if report.fault is not None]
        if faults:
            raise SandboxFault(f"could not be graded: {faults[0]}", permanent=True)
        return Run(cost, _seconds([r.duration_ms for r in reports]), [r.score == r.max_score for r in reports])


class Floor:
    """Bare forks of warm torch processes: no relay, no judge, hardly a wall."""

    most: int | None = None

    def __init__(self, question: Question, processes: int, *, namespaces: bool) -> None:
        self.name = f"bare fork, {'five' if namespaces else 'no'} namespaces"
        self._question = plain_question(question)
        self._processes = processes
        self._namespaces = namespaces

    def start(self, stack: ExitStack) -> None:
        """Its processes are made for every turn, and warmed before the clock runs."""
        del stack

    def run(self, submissions: Sequence[Submission]) -> Run:
        """See `Contender`."""
        with ExitStack() as stack:
            processes = [stack.enter_context(self._process()) for _ in range(self._processes)]
            for index, process in enumerate(processes):
                sources = [submission.source for submission in submissions[index :: self._processes]]
                order = {"question": self._question, "sources": sources, "namespaces": self._namespaces}
                _tell(process, json.dumps(order))
            for process in processes:
                if _hear(process) != "ready\n":
                    raise SandboxFault("the bare fork failed; with namespaces it needs to be root", permanent=True)
            meter = Meter()
            for process in processes:
                _tell(process, "go")
            answers = [json.loads(_hear(process)) for process in processes]
            cost = meter.read()
        accepted = [False] * len(submissions)
        for index, answer in enumerate(answers):
            accepted[index :: self._processes] = [all(passed) for passed in answer["passed"]]
        return Run(cost, [wall_s for answer in answers for wall_s in answer["wall_s"]], accepted)

    def _process(self) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "grader.bench.inside.floor"]
        return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def _tell(process: subprocess.Popen[str], line: str) -> None:
    assert process.stdin is not None
    process.stdin.write(line + "\n")
    process.stdin.flush()


def _hear(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline()


def _seconds(milliseconds: list[int]) -> list[float]:
    return [duration_ms / 1000 for duration_ms in milliseconds]


def _accepted(reports: list[dict[str, Any]]) -> list[bool]:
    return [report["score"] == report["max_score"] for report in reports]
