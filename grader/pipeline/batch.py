"""Many submissions to one question, as many at a time as the sandbox has lanes."""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from typing import TypeVar

from grader.pipeline.grade import grade
from grader.pipeline.lane import Lane
from grader.pipeline.order import CaseResult, GradingOrder, RunReport
from grader.pipeline.seeds import fresh_seed
from grader.pipeline.source import MAX_SOURCE_BYTES
from grader.sandbox.interface import Sandbox
from grader.spec.question import Question

Key = TypeVar("Key")

# Reads ahead this many submissions a lane, so that no lane waits while results are consumed.
AHEAD = 4


def grade_sources(
    question: Question,
    sources: Iterable[tuple[Key, bytes]],
    *,
    sandbox: Sandbox,
    seed: int | None = None,
    seeds: Iterable[int] | None = None,
    only_public: bool = False,
    explain: bool = True,
    on_case: Callable[[Key, CaseResult], None] | None = None,
) -> Generator[tuple[Key, RunReport], None, None]:
    """Yield each key with its report, in the order of `sources`, as results arrive.

    All get `seed`, or one after the other those of `seeds`, or else each a fresh one. `on_case` is called from the
    lanes' threads, before the report. Closing the iterator early ends what is running.
    """
    if seed is not None:
        seeds = itertools.repeat(seed)
    of_each = iter(fresh_seed, None) if seeds is None else iter(seeds)

    lanes = [Lane(sandbox) for _ in range(sandbox.lanes)]
    free: SimpleQueue[Lane] = SimpleQueue()
    for lane in lanes:
        free.put(lane)

    def run(key: Key, order: GradingOrder) -> RunReport:
        lane = free.get()
        try:
            return grade(order, lane, None if on_case is None else partial(on_case, key))
        finally:
            free.put(lane)

    running: deque[tuple[Key, Future[RunReport]]] = deque()
    with ThreadPoolExecutor(max_workers=len(lanes), thread_name_prefix="lane") as threads:
        try:
            for key, source in sources:
                order = GradingOrder(question, source, next(of_each), only_public, explain)
                running.append((key, threads.submit(run, key, order)))
                while running and (len(running) >= AHEAD * len(lanes) or running[0][1].done()):
                    first, report = running.popleft()
                    yield first, report.result()
            while running:
                first, report = running.popleft()
                yield first, report.result()
        finally:
            for _, report in running:
                report.cancel()
            for lane in lanes:
                lane.close()


def grade_files(
    question: Question,
    files: Iterable[Path],
    *,
    sandbox: Sandbox,
    seed: int | None = None,
    only_public: bool = False,
    explain: bool = True,
    on_case: Callable[[Path, CaseResult], None] | None = None,
) -> Generator[tuple[Path, RunReport], None, None]:
    """The same for files, each read when its turn comes; raises OSError for one that cannot be read."""
    sources = ((file, _read(file)) for file in files)
    return grade_sources(
        question, sources, sandbox=sandbox, seed=seed, only_public=only_public, explain=explain, on_case=on_case
    )


def _read(file: Path) -> bytes:
    """Enough of a file to grade it, or to see that it is too large."""
    with file.open("rb") as stream:
        return stream.read(MAX_SOURCE_BYTES + 1)
