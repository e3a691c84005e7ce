"""Runs every contender in turn, round after round, so that what else the machine does hits all alike."""

from __future__ import annotations

import os
import platform
import statistics
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass

from grader.bench.contenders import ColdContainer, Command, Contender, Floor, Run, WarmSandbox
from grader.bench.memory import Memory, memory_of_backend, memory_of_cold_containers
from grader.bench.meter import background_load
from grader.bench.workload import workload
from grader.spec import Question

BACKENDS = ("docker", "local")
COLD_AT_A_TIME = (2, 3)

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Row:
    """One contender over all rounds; the figures are medians of the rounds."""

    name: str
    files: int
    per_s: float
    cpu_s: float  # of one submission, daemons included
    median_s: float | None  # of one submission, under this load
    times_cold: float
    spread: float  # (fastest round - slowest) / median
    wrong: int  # submissions that did not get what they deserve


@dataclass(frozen=True, slots=True)
class Result:
    """Everything one run of the benchmark found."""

    processors: int
    kernel: str
    background: float  # processors that others kept busy before the start
    rounds: int
    rows: tuple[Row, ...]
    memory: tuple[Memory, ...]


def contenders(question: Question, backends: tuple[str, ...], lanes: int) -> list[Contender]:
    """All of them, in the order of a table: what is replaced, what replaces it, what it cannot beat."""
    cold = [ColdContainer(question, at_a_time) for at_a_time in COLD_AT_A_TIME]
    whole = [Command(backend) for backend in backends]
    warm = [WarmSandbox(question, backend, at_a_time) for backend in backends for at_a_time in sorted({1, lanes})]
    floors = [Floor(question, lanes, namespaces=True), Floor(question, lanes, namespaces=False)]
    return [*cold, *whole, *warm, *floors]


def run(
    question: Question, *, files: int, rounds: int, lanes: int, backends: tuple[str, ...], tell: Progress
) -> Result:
    """The whole benchmark; `tell` hears what is being done. Raises SandboxFault when a contender cannot run."""
    background = background_load()
    everyone = contenders(question, backends, lanes)
    runs: dict[str, list[Run]] = {contender.name: [] for contender in everyone}
    for number in range(rounds):
        for contender in everyone:
            tell(f"round {number + 1} of {rounds}: {contender.name}")
            runs[contender.name].append(_turn(contender, files))
    memory = []
    if os.geteuid() == 0:  # reading another user's memory map takes it
        tell("memory: cold container")
        memory.append(memory_of_cold_containers(question))
        for backend in backends:
            tell(f"memory: {backend} backend")
            memory.append(memory_of_backend(question, backend, files))
    cold_per_s = max(_per_s(runs[contender.name]) for contender in everyone if isinstance(contender, ColdContainer))
    rows = tuple(_row(contender.name, runs[contender.name], cold_per_s) for contender in everyone)
    return Result(os.cpu_count() or 1, platform.release().partition("-")[0], background, rounds, rows, tuple(memory))


def _turn(contender: Contender, files: int) -> Run:
    # Nothing of one contender stays warm while another is timed.
    with ExitStack() as stack:
        contender.start(stack)
        return contender.run(workload(files if contender.most is None else min(files, contender.most)))


def _row(name: str, runs: list[Run], cold_per_s: float) -> Row:
    speeds = [len(run.accepted) / run.cost.wall_s for run in runs]
    medians = [run.median_s for run in runs if run.median_s is not None]
    deserved = [submission.right for submission in workload(len(runs[0].accepted))]
    return Row(
        name=name,
        files=len(runs[0].accepted),
        per_s=_per_s(runs),
        cpu_s=statistics.median(run.cost.cpu_s / len(run.accepted) for run in runs),
        median_s=statistics.median(medians) if medians else None,
        times_cold=_per_s(runs) / cold_per_s,
        spread=(max(speeds) - min(speeds)) / statistics.median(speeds),
        wrong=sum(was != should for run in runs for was, should in zip(run.accepted, deserved, strict=True)),
    )


def _per_s(runs: list[Run]) -> float:
    return statistics.median(len(run.accepted) / run.cost.wall_s for run in runs)
