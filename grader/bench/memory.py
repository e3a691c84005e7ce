"""Memory of everything that runs course code, shared pages counted in proportion (PSS)."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass

from grader.bench.contenders import ColdContainer, WarmSandbox
from grader.bench.processes import pss_mib, with_command
from grader.bench.workload import workload
from grader.spec import Question

_EVERY_S = 0.02


@dataclass(frozen=True, slots=True)
class Memory:
    """Peaks of one backend, in MiB."""

    name: str
    one_lane_mib: float
    two_lanes_mib: float

    @property
    def further_lane_mib(self) -> float:
        """What one submission more at the same time adds."""
        return self.two_lanes_mib - self.one_lane_mib


def memory_of_backend(question: Question, backend: str, files: int) -> Memory:
    """Peak of all slots together while `files` submissions are graded on one lane, then on two."""
    return Memory(f"{backend}, warm", *(_peak_of_lanes(question, backend, lanes, files) for lanes in (1, 2)))


def memory_of_cold_containers(question: Question) -> Memory:
    """Peak of one cold container, and of two at a time."""
    return Memory("cold container", *(_peak_of_cold(question, at_a_time) for at_a_time in (1, 2)))


def _peak_of_lanes(question: Question, backend: str, lanes: int, files: int) -> float:
    watch = Watch("grader.harness")
    with ExitStack() as stack:
        contender = WarmSandbox(question, backend, lanes)
        contender.start(stack)
        return watch.peak_mib(lambda: contender.run(workload(files)))


def _peak_of_cold(question: Question, at_a_time: int) -> float:
    contender = ColdContainer(question, at_a_time)
    watch = Watch("/opt/venv/bin/python\0-I\0-B\0-c")
    return watch.peak_mib(lambda: contender.run(workload(2 * at_a_time)))


class Watch:
    """Watches processes whose command line holds `marker`, but those that were there when it was made."""

    def __init__(self, marker: str) -> None:
        self._marker = marker
        self._others = frozenset(self._marked())

    def peak_mib(self, work: Callable[[], object]) -> float:
        """The highest sum seen while `work` runs."""
        done = threading.Event()
        sums_mib = [0.0]

        def look() -> None:
            while not done.wait(_EVERY_S):
                sums_mib.append(sum(pss_mib(process) for process in self._marked() if process not in self._others))

        watcher = threading.Thread(target=look, daemon=True)
        watcher.start()
        try:
            work()
        finally:
            done.set()
            watcher.join()
        return max(sums_mib)

    def _marked(self) -> list[int]:
        return with_command(self._marker)
