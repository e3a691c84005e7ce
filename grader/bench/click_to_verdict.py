"""How long somebody looks at the screen: from the click on "Submit" to the verdict, with nobody else about.

A real `grader serve` in a folder of its own, asked as a browser does: the form is sent, and the stream of the result
page is read until it tells the verdict. Beside it stands what grading alone takes in a warm sandbox.
"""

from __future__ import annotations

import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

from sqlalchemy import select

from grader.bench.rush_course import PASSWORD, make_course
from grader.bench.visitor import NoAnswer, Visitor
from grader.clock import monotonic_s
from grader.errors import SandboxFault
from grader.pipeline.grade import grade
from grader.pipeline.lane import Lane
from grader.pipeline.order import GradingOrder
from grader.sandbox.choose import open_sandbox
from grader.spec import Question
from grader.store.database import Database
from grader.store.migrate import upgrade
from grader.store.runs import GradingRun

SMALL_QUESTION = "infr10086/tutorial3/tensor_add"
SOURCE = "import torch\n\n\ndef tensor_add(a, b):\n    return torch.tensor(a) + torch.tensor(b)\n"
# The site takes so many a minute from one person.
CLICKS_EACH = 20
WARM_CLICKS = 5
# An idle service has put away what the click before had left behind.
PAUSE_S = 0.2
SEED = 7
READY_S = 60.0
_ADDRESS = re.compile(r"http://127\.0\.0\.1:(\d+)/")


@dataclass(frozen=True, slots=True)
class Clicks:
    """Milliseconds; the hops are medians, in the order in which they happen."""

    count: int
    median_ms: float
    p90_ms: float
    bare_ms: float  # grading alone, in a warm sandbox
    answered_ms: float  # until the form was answered, which is after the commit
    begun_ms: float  # from the click until a worker had it
    graded_ms: float  # in the worker's hands, by its report
    written_ms: float  # from the click until the result was in the database

    @property
    def ratio(self) -> float:
        """What the service adds to grading, as a factor."""
        return self.median_ms / self.bare_ms


def table(clicks: Clicks) -> list[tuple[str, ...]]:
    """For people, a line each."""
    lines = {
        "from the click to the verdict, median": clicks.median_ms,
        "nine of ten within": clicks.p90_ms,
        "grading alone, in a warm sandbox": clicks.bare_ms,
        "a worker had it after": clicks.begun_ms,
        "the form was answered after": clicks.answered_ms,
        "the worker took": clicks.graded_ms,
        "the result was written after": clicks.written_ms,
    }
    return [*((name, f"{value:.1f}") for name, value in lines.items()), ("times grading alone", f"{clicks.ratio:.2f}")]


def measure(question: Question, count: int, sandbox: str) -> Clicks:
    """Click `count` times, one after the other."""
    with tempfile.TemporaryDirectory(prefix="grader-click-") as folder:
        url = f"sqlite:///{folder}/grader.db"
        upgrade(url)
        database = Database(url, connections=2)
        page = make_course(database, question, 2 + count // CLICKS_EACH)
        with _serving(Path(folder), sandbox) as port:
            taken = list(_click(port, page, count))
        with database.reading() as session:
            hops = [_hops(run) for run in session.scalars(select(GradingRun).order_by(GradingRun.id))][-count:]
        database.close()

    def median_ms(times: list[float]) -> float:
        return statistics.median(times) * 1000

    whole = [whole_s for whole_s, _ in taken]
    return Clicks(
        count=count,
        median_ms=median_ms(whole),
        p90_ms=statistics.quantiles(whole, n=10)[-1] * 1000,
        bare_ms=_bare_ms(question, count, sandbox),
        answered_ms=median_ms([answered_s for _, answered_s in taken]),
        begun_ms=median_ms([begun_s for begun_s, _, _ in hops]),
        graded_ms=median_ms([graded_s for _, graded_s, _ in hops]),
        written_ms=median_ms([written_s for _, _, written_s in hops]),
    )


def _hops(run: GradingRun) -> tuple[float, float, float]:
    """Seconds from its arrival until it was begun, in the worker's hands, and until its result was written."""
    assert run.started_at is not None
    assert run.finished_at is not None
    arrived_at = run.submission.submitted_at
    begun_s, written_s = (run.started_at - arrived_at).total_seconds(), (run.finished_at - arrived_at).total_seconds()
    return begun_s, (run.duration_ms or 0) / 1000, written_s


def _click(port: int, page: str, count: int) -> Iterator[tuple[float, float]]:
    """Seconds until the verdict, and until the form was answered."""
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    visitor = Visitor("nobody", "127.0.0.1")
    for number in range(-WARM_CLICKS, count):
        person = (number + WARM_CLICKS) // CLICKS_EACH
        if (number + WARM_CLICKS) % CLICKS_EACH == 0:
            visitor = Visitor(f"student{person}", "127.0.0.1")
            visitor.log_in(connection, PASSWORD, page)
        source = f"{SOURCE}# {number}\n"
        time.sleep(PAUSE_S)
        began_s = monotonic_s()
        answer = visitor.post(connection, f"{page}submit", source=source, idempotency_key=f"click-{number + 100:06}")
        answered_s = monotonic_s()
        if answer.status != 303:
            raise NoAnswer(f"the form was answered with HTTP {answer.status}")
        told = visitor.get(connection, f"{answer.location}events")
        ended_s = monotonic_s()
        if b'"accepted"' not in told.body:
            raise NoAnswer(f"the stream told no verdict: {told.body[-300:].decode(errors='replace')}")
        if number >= 0:
            yield ended_s - began_s, answered_s - began_s
    connection.close()


def _bare_ms(question: Question, count: int, sandbox: str) -> float:
    times = []
    with open_sandbox(sandbox, lanes=1) as place:
        lane = Lane(place)
        for number in range(-WARM_CLICKS, count):
            began_s = monotonic_s()
            report = grade(GradingOrder(question, f"{SOURCE}# {number}\n".encode(), SEED), lane)
            if not report.graded:
                raise SandboxFault(f"it could not be graded: {report.fault}")
            if number >= 0:
                times.append(monotonic_s() - began_s)
        lane.close()
    return statistics.median(times) * 1000


@contextmanager
def _serving(folder: Path, sandbox: str) -> Iterator[int]:
    """The port of a site that grades."""
    command = [sys.executable, "-m", "grader.cli.main", "serve", "--no-demo", "--port", "0", "--lanes", "2"]
    command += ["--data", str(folder), "--sandbox", sandbox]
    with (folder / "serve.log").open("wb") as log:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True)
    assert process.stdout is not None
    try:
        for line in process.stdout:
            if (found := _ADDRESS.search(line)) is not None:
                yield int(found[1])
                return
        said = (folder / "serve.log").read_text(encoding="utf-8", errors="replace")
        raise SandboxFault(f"the site did not start: {said[-2000:]}")
    finally:
        process.terminate()
        process.stdout.close()
        process.wait()
