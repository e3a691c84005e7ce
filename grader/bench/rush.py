"""A deadline: everybody hands in at once, reloads the page, and waits for a verdict.

The whole service runs on this machine, clients included. Students log in, hand in through the form, more and more of
them towards the end; each watches the newest of what they handed in as their browser would, and others read pages.
"""

from __future__ import annotations

import json
import math
import os
import random
import resource
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from http.client import HTTPConnection
from itertools import pairwise
from typing import Any

from sqlalchemy import text

from grader.bench.contenders import ColdContainer
from grader.bench.crowd import Crowd, Request
from grader.bench.meter import background_load
from grader.bench.processes import cpu_by_role, memory_by_role, with_command
from grader.bench.rush_course import ASSIGNMENT, COURSE, PASSWORD, make_course
from grader.bench.service import Service, running_service
from grader.bench.visitor import Answer, Visitor
from grader.bench.workload import Submission, workload
from grader.clock import monotonic_s
from grader.errors import SandboxFault
from grader.spec import Question

COLD_AT_A_TIME = (2, 3)
COLD_FILES = 10
GIVE_UP_S = 300.0  # without a single verdict
_LOOK_S = 0.5
_MEMORY_EVERY = 6  # looks: it costs more than the rest
_ENDED = frozenset({"finished", "failed"})
# With fewer waiting than this, it is the arrivals that set the pace.
BACKLOG = 5
LEAST_BACKLOG_S = 2.0

_QUEUE = """
    SELECT count(*) FILTER (WHERE state = 'queued') AS waiting, count(*) FILTER (WHERE state = 'running') AS running,
        coalesce(extract(epoch FROM now() - min(queued_at) FILTER (WHERE state = 'queued')), 0) AS age_s
    FROM grading_run WHERE state IN ('queued', 'running')"""
_RUNS = """
    SELECT submission_id, grading_run.state, verdict, queued_at, started_at, finished_at, submitted_at
    FROM grading_run JOIN submission ON submission.id = submission_id WHERE is_live AND submission.id > :after"""

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Waits:
    """How long something took, in milliseconds."""

    count: int
    median_ms: float
    p95_ms: float
    p99_ms: float
    longest_ms: float


@dataclass(frozen=True, slots=True)
class RushResult:
    """What a rush came to."""

    processors: int
    background: float
    students: int
    submissions: int
    within_s: float
    sandbox: str
    accepted: int  # by the site
    refused: int
    unanswered: int
    lost: int  # accepted, and without exactly one result
    wrong: int  # results that are not what the submission deserves
    wrong_results: list[str]  # which, and what they got
    whole_s: float  # from the first click to the last verdict
    backlog_s: float  # of that, with submissions waiting
    verdicts_per_s: float  # while there was a backlog; over the whole time where there was none
    cold_per_s: float
    times_cold: float
    click_to_verdict: Waits
    longest_queue: int
    oldest_in_queue_s: float
    requests: dict[str, Waits]
    memory_mib: dict[str, float]
    cpu_ms: dict[str, float]  # of one submission, by role
    complaints: list[str]


def rush(
    question: Question,
    *,
    students: int,
    submissions: int,
    within_s: float,
    lanes: int,
    sandbox: str,
    cold: bool,
    tell: Progress,
) -> RushResult:
    """The whole benchmark; raises SandboxFault when something of the service cannot run."""
    background = background_load()
    speeds = [_cold_per_s(question, tell)] if cold else []
    with running_service(lanes=lanes, site_processes=2, sandbox=sandbox) as service:
        tell(f"{students} students log in")
        page = make_course(service.database, question, students)
        visitors = _logged_in(service, page, students)
        tell("the sandbox warms up")
        _warm_up(service, visitors[0], page)
        tell(f"{submissions} submissions within {within_s:.0f} s")
        scene = _Scene(service, visitors, page, submissions, within_s, tell)
        scene.play()
        measured = scene.result()
    if cold:
        speeds.append(_cold_per_s(question, tell))
    cold_per_s = max(speeds, default=math.nan)
    return RushResult(
        processors=os.cpu_count() or 1,
        background=background,
        students=students,
        submissions=submissions,
        within_s=within_s,
        sandbox=sandbox,
        cold_per_s=cold_per_s,
        times_cold=measured["verdicts_per_s"] / cold_per_s,
        **measured,
    )


def _cold_per_s(question: Question, tell: Progress) -> float:
    tell("cold containers")
    speeds = []
    for at_a_time in COLD_AT_A_TIME:
        contender = ColdContainer(question, at_a_time)
        with ExitStack() as stack:
            contender.start(stack)
            speeds.append(COLD_FILES / contender.run(workload(COLD_FILES)).cost.wall_s)
    return max(speeds)


def _logged_in(service: Service, page: str, students: int) -> list[Visitor]:
    visitors = [Visitor(f"student{number}", f"10.0.{number // 250}.{number % 250 + 1}") for number in range(students)]

    def request(visitor: Visitor) -> Request:
        def log_in(connection: HTTPConnection) -> Answer:
            visitor.log_in(connection, PASSWORD, page)
            return visitor.get(connection, page)

        return Request(monotonic_s(), "log in", log_in, lambda _: ())

    crowd = Crowd(service.port, threads=4)
    crowd.add([request(visitor) for visitor in visitors])
    crowd.run()
    if crowd.complaints:
        raise SandboxFault(f"{crowd.complaints[0]}\n{service.last_words('site')}", permanent=True)
    return visitors


def _warm_up(service: Service, visitor: Visitor, page: str) -> None:
    """One of each kind, to the end, before the clock runs."""
    connection = HTTPConnection("127.0.0.1", service.port, timeout=60)
    for submission in workload(10):
        answer = visitor.post(connection, f"{page}submit", source=submission.source)
        if answer.status not in {302, 303}:
            raise SandboxFault(f"the site does not take submissions: HTTP {answer.status}", permanent=True)
        until_s = monotonic_s() + 60
        while json.loads(visitor.get(connection, f"{answer.location}state").body)["state"] not in _ENDED:
            service.check()
            if monotonic_s() > until_s:
                raise SandboxFault(f"nothing is graded:\n{service.last_words('worker')}", permanent=True)
            threading.Event().wait(0.05)
    connection.close()


class _Scene:
    """The minute before the deadline, and what comes after it."""

    def __init__(
        self, service: Service, visitors: list[Visitor], page: str, submissions: int, within_s: float, tell: Progress
    ) -> None:
        self._service = service
        self._visitors = visitors
        self._page = page
        self._within_s = within_s
        self._tell = tell
        self._random = random.Random(7)  # noqa: S311  # the same rush each time
        self._work = workload(submissions)
        self._crowd = Crowd(service.port)
        self._taken: dict[int, Submission] = {}  # by id
        self._newest: dict[str, str] = {}  # what each student watches
        self._refused = self._unanswered = 0
        self._is_over = threading.Event()
        self._queue: list[tuple[int, float]] = []
        self._memory: dict[str, float] = {}
        self._first_id = self._last_id()
        self._roots = {
            **{role: [process.pid] for role, process in service.processes.items()},
            "postgres": with_command(f"-p\0{service.postgres.port}"),
            "redis": with_command(f"redis-server 127.0.0.1:{service.redis.port}"),
            "sandboxes": with_command("grader.harness"),
            "engine": with_command("dockerd") + with_command("containerd"),
        }

    def play(self) -> None:
        """Everything, until the last verdict is there."""
        cpu_before = self._cpu_s()
        self._began_s = monotonic_s() + 0.5
        self._crowd.add(self._arrivals())
        self._crowd.add(self._readers(20))
        watch = threading.Thread(target=self._watch, daemon=True)
        watch.start()
        self._crowd.run()
        watch.join()
        after = self._cpu_s()
        self._cpu_ms = {role: 1000 * (after[role] - cpu_before[role]) / len(self._work) for role in after}

    def _arrivals(self) -> Iterator[Request]:
        """Twice as many in the last second as on average, and as many of one student as of another."""
        everyone = [self._visitors[number % len(self._visitors)] for number in range(len(self._work))]
        self._random.shuffle(everyone)
        for visitor, submission in zip(everyone, self._work, strict=True):
            at_s = self._began_s + self._within_s * math.sqrt(self._random.random())
            yield self._hand_in(at_s, visitor, submission)

    def _hand_in(self, at_s: float, visitor: Visitor, submission: Submission) -> Request:
        # A source of one's own: the same one twice in a moment would be taken for a double click.
        source = f"{submission.source}\n# {self._random.getrandbits(64):x}\n"

        def then(answer: Answer | None) -> Iterable[Request]:
            if answer is None:
                self._unanswered += 1
                return
            if answer.status not in {302, 303}:
                self._refused += 1
                return
            self._taken[int(answer.location.rstrip("/").rpartition("/")[2])] = submission
            self._newest[visitor.login] = answer.location
            yield self._look(monotonic_s(), "result", visitor, answer.location)
            yield self._poll(monotonic_s() + 1, visitor, answer.location)

        return Request(at_s, "hand in", lambda c: visitor.post(c, f"{self._page}submit", source=source), then)

    def _poll(self, at_s: float, visitor: Visitor, location: str) -> Request:
        """As a browser does that gets no stream: again and again, until it is over or something newer was handed in."""

        def then(answer: Answer | None) -> Iterable[Request]:
            ended = answer is not None and answer.status == 200 and json.loads(answer.body)["state"] in _ENDED
            if not ended and self._newest[visitor.login] == location and not self._is_over.is_set():
                yield self._poll(monotonic_s() + (answer.retry_after_s if answer else 5), visitor, location)

        return Request(at_s, "state", lambda c: visitor.get(c, f"{location}state"), then)

    def _readers(self, count: int) -> Iterator[Request]:
        """People who look around, each at another page every two seconds."""
        pages = {
            "home": "/",
            "course": f"/c/{COURSE}/",
            "assignment": f"/c/{COURSE}/a/{ASSIGNMENT}/",
            "question": self._page,
        }

        def read(at_s: float) -> Request:
            kind = self._random.choice(list(pages))
            visitor = self._random.choice(self._visitors)

            def then(_: Answer | None) -> Iterable[Request]:
                if not self._is_over.is_set():
                    yield read(monotonic_s() + self._random.uniform(1, 3))

            return Request(at_s, kind, lambda c: visitor.get(c, pages[kind]), then)

        for _ in range(count):
            yield read(self._began_s + self._random.uniform(0, 2))

    def _look(self, at_s: float, kind: str, visitor: Visitor, path: str) -> Request:
        return Request(at_s, kind, lambda c: visitor.get(c, path), lambda _: ())

    def _watch(self) -> None:
        """Look at the queue until it is empty and nobody hands in any more."""
        last_progress_s, last_left = monotonic_s(), -1
        looks = 0
        while not self._is_over.wait(_LOOK_S):
            looks += 1
            waiting, running, age_s = self._queued()
            self._queue.append((waiting, age_s))
            if looks % _MEMORY_EVERY == 0:
                now = memory_by_role(self._roots)
                self._memory = {role: max(now[role], self._memory.get(role, 0)) for role in now}
            handed = len(self._taken) + self._refused + self._unanswered
            self._tell(f"{handed} handed in, {waiting} waiting, the oldest for {age_s:.1f} s")
            if handed >= len(self._work) and not waiting and not running:
                self._is_over.set()
            if (waiting, handed) != (last_left, handed):
                last_progress_s, last_left = monotonic_s(), waiting
            elif monotonic_s() - last_progress_s > GIVE_UP_S:
                self._is_over.set()

    def _queued(self) -> tuple[int, int, float]:
        """How many wait, how many run, and for how long the oldest has waited."""
        with self._service.database.reading() as session:
            row = session.execute(text(_QUEUE)).one()
        return row.waiting, row.running, float(row.age_s)

    def _last_id(self) -> int:
        with self._service.database.reading() as session:
            return int(session.scalar(text("SELECT coalesce(max(id), 0) FROM submission")) or 0)

    def _cpu_s(self) -> dict[str, float]:
        used = resource.getrusage(resource.RUSAGE_SELF)
        return {**cpu_by_role(self._roots), "clients": used.ru_utime + used.ru_stime}

    def result(self) -> dict[str, Any]:
        """Everything that only the rush itself can know; the fields of RushResult."""
        with self._service.database.reading() as session:
            rows = session.execute(text(_RUNS), {"after": self._first_id}).all()
        graded = [row for row in rows if row.state == "finished"]
        results = Counter(row.submission_id for row in graded)
        verdicts = {row.submission_id: row.verdict for row in graded}
        wrong = [
            f"{submission.path.name}: {verdicts[number]}"
            for number, submission in self._taken.items()
            if number in verdicts and (verdicts[number] == "accepted") != submission.right
        ]
        whole_s, backlog_s, in_backlog, longest = backlog(graded)
        return {
            "accepted": len(self._taken),
            "refused": self._refused,
            "unanswered": self._unanswered,
            "lost": sum(results[number] != 1 for number in self._taken),
            "wrong": len(wrong),
            "wrong_results": wrong,
            "whole_s": whole_s,
            "backlog_s": backlog_s,
            "verdicts_per_s": in_backlog / backlog_s if backlog_s >= LEAST_BACKLOG_S else len(graded) / whole_s,
            "click_to_verdict": waits([(row.finished_at - row.submitted_at).total_seconds() for row in graded]),
            "longest_queue": longest,
            "oldest_in_queue_s": max((row.started_at - row.queued_at).total_seconds() for row in graded),
            "requests": {kind: waits(found) for kind, found in sorted(self._crowd.waits_s.items())},
            "memory_mib": self._memory,
            "cpu_ms": self._cpu_ms,
            "complaints": self._crowd.complaints[:10],
        }


def waits(found_s: Sequence[float]) -> Waits:
    """The distribution of some waits."""
    ordered = sorted(1000 * found for found in found_s) or [0.0]
    median, p95, p99 = (ordered[min(len(ordered) - 1, int(share * len(ordered)))] for share in (0.5, 0.95, 0.99))
    return Waits(len(found_s), median, p95, p99, ordered[-1])


def backlog(runs: Sequence[Any]) -> tuple[float, float, int, int]:
    """Seconds in all, seconds with a backlog, verdicts in those, and the longest queue."""
    events = [(run.queued_at, 1, 0) for run in runs] + [(run.started_at, -1, 0) for run in runs]
    events += [(run.finished_at, 0, 1) for run in runs]
    events.sort()
    backlog_s, verdicts, waiting, longest = 0.0, 0, 0, 0
    for (at, change, ended), (following, _, _) in pairwise(events):
        verdicts += ended if waiting >= BACKLOG else 0
        waiting += change
        longest = max(longest, waiting)
        if waiting >= BACKLOG:
            backlog_s += (following - at).total_seconds()
    return (events[-1][0] - events[0][0]).total_seconds(), backlog_s, verdicts, longest
