"""Whatever is killed and whenever, every submission that was accepted has one result, and it is the right one.

The schedule is drawn from a seed that a failure shows. GRADER_CHAOS_SEED repeats one; with GRADER_CHAOS_ROUNDS it goes
on for longer.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import docker
import pytest
from sqlalchemy import func, select

from grader.pipeline.grade import grade
from grader.pipeline.lane import Lane
from grader.pipeline.order import GradingOrder
from grader.sandbox.choose import open_sandbox
from grader.sandbox.docker import OWNER_LABEL
from grader.services.grading.results import run_report
from grader.services.grading.runs import MAX_TRIES
from grader.store.database import Database
from grader.store.migrate import upgrade
from grader.store.runs import CaseOutcome, GradingRun
from grader.store.submissions import Allowance, Submission
from grader.store.words import RunState
from tests.jobs.stack import (
    Process,
    Stack,
    Student,
    family_of,
    judges_of,
    make_students,
    set_to_work,
    slots_of,
    wait_for_site,
)
from tests.servers import free_port, running_postgres, running_redis
from tests.world import TENSOR_ADD, bank_question

SEED = int(os.environ.get("GRADER_CHAOS_SEED") or random.SystemRandom().randrange(10**6))
ROUNDS = int(os.environ.get("GRADER_CHAOS_ROUNDS") or 6)
STUDENTS = 4
SETTLED_S = 120.0

pytestmark = [pytest.mark.slow, pytest.mark.postgres, pytest.mark.redis]


@pytest.fixture(params=["local", pytest.param("docker", marks=pytest.mark.docker)])
def stack(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Stack]:
    """A deployment that is running."""
    with running_postgres() as postgres, running_redis() as redis:
        made = Stack(tmp_path, postgres, redis, request.param)
        try:
            made.start()
            yield made
        finally:
            made.close()


def test_no_result_is_lost_or_doubled_whatever_is_killed(stack: Stack) -> None:
    _show_seed()
    chance = random.Random(SEED)
    students = make_students(stack.database, stack.port, SEED, count=STUDENTS, each=2 + 2 * ROUNDS)
    acts: list[Callable[[], None]] = [
        lambda: _restart(stack.worker),
        lambda: _restart_politely(stack.worker),
        lambda: _restart(stack.site),
        lambda: _restart(stack.beat),
        lambda: _forget(stack, chance.uniform(0, 2)),
        lambda: _restart_postgres(stack, chance.uniform(0, 2)),
        lambda: _kill_slot(stack, chance),
        lambda: _kill_judge(stack, chance),
    ]
    threads = set_to_work(students, within_s=60 + 10 * ROUNDS, pause_s=0.5)
    remaining: list[Callable[[], None]] = []
    for _ in range(ROUNDS):
        time.sleep(chance.uniform(0.2, 2))
        if not remaining:
            remaining = chance.sample(acts, len(acts))  # each in its turn, in any order
        remaining.pop()()
    while any(thread.is_alive() for thread in threads):
        stack.keep()
        time.sleep(0.2)
    assert [student.problem for student in students] == [None] * STUDENTS
    _settle(stack.database, stack.keep)
    _check(stack.database, students)


def test_a_service_whose_whole_tree_is_killed_goes_on_where_it_stopped(tmp_path: Path) -> None:
    _show_seed()
    chance = random.Random(SEED)
    port = free_port()
    data = tmp_path / "data"
    data.mkdir()
    url = f"sqlite:///{data / 'grader.db'}"
    upgrade(url)
    database = Database(url)
    rounds = max(1, ROUNDS // 3)
    students = make_students(database, port, SEED, count=STUDENTS, each=2 + 3 * rounds)
    arguments = ["--no-demo", "--port", str(port), "--data", str(data), "--sandbox", "local", "--lanes", "2"]
    serve = Process("serve", ["grader.cli.main", "serve", *arguments], tmp_path)
    try:
        serve.start()
        wait_for_site(port, serve)
        threads = set_to_work(students, within_s=60 + 20 * rounds, pause_s=0.5)
        for _ in range(rounds):
            time.sleep(chance.uniform(1, 5))
            serve.kill_parent_only()
            assert _gone(data), "what the service had started outlived it"
            serve.start()
        for thread in threads:
            thread.join()
        assert [student.problem for student in students] == [None] * STUDENTS
        _settle(database, lambda: None)
        _check(database, students)
    finally:
        serve.kill()
        assert _gone(data)
        database.close()


def _show_seed() -> None:
    """pytest shows it where the test fails."""
    sys.stdout.write(f"GRADER_CHAOS_SEED={SEED} GRADER_CHAOS_ROUNDS={ROUNDS}\n")


def _restart(process: Process) -> None:
    process.kill()
    process.start()


def _restart_politely(process: Process) -> None:
    process.stop()
    process.start()


def _forget(stack: Stack, for_s: float) -> None:
    stack.redis.kill()
    time.sleep(for_s)
    stack.redis.start()


def _restart_postgres(stack: Stack, for_s: float) -> None:
    stack.postgres.stop()
    time.sleep(for_s)
    stack.postgres.start()


def _kill_slot(stack: Stack, chance: random.Random) -> None:
    slots = [pid for role in ("student", "judge") for pid in slots_of(stack.worker.pid, role)]
    if slots:
        with suppress(ProcessLookupError):
            os.killpg(chance.choice(slots), signal.SIGKILL)
        return
    engine = docker.from_env()
    for container in engine.containers.list(filters={"label": OWNER_LABEL}, ignore_removed=True):
        if f"/{stack.worker.pid}/" in container.labels.get(OWNER_LABEL, ""):
            with suppress(docker.errors.APIError):
                container.kill()
            break
    engine.close()


def _kill_judge(stack: Stack, chance: random.Random) -> None:
    judges = judges_of(stack.worker.pid)
    if judges:
        with suppress(ProcessLookupError):
            os.kill(chance.choice(judges), signal.SIGKILL)


def _settle(database: Database, keep: Callable[[], None]) -> None:
    """Until nothing waits and nothing runs."""
    until_s = time.monotonic() + SETTLED_S
    open_states = [RunState.QUEUED, RunState.RUNNING]
    left = None
    while left != [] and time.monotonic() < until_s:
        time.sleep(0.2)
        keep()
        with database.reading() as session:
            left = session.execute(
                select(GradingRun.id, GradingRun.state, GradingRun.tries, GradingRun.fault).where(
                    GradingRun.state.in_(open_states)
                )
            ).all()
    assert left == [], "never graded"


def _check(database: Database, students: list[Student]) -> None:
    wanted = {submission: source for student in students for source, submission in student.handed_in.items()}
    assert len(wanted) == sum(len(student.sources) for student in students), "two sources got one submission"
    with database.reading() as session, open_sandbox("local", lanes=1) as place:
        lane = Lane(place)
        submissions = {row.id: row for row in session.scalars(select(Submission))}
        assert submissions.keys() == wanted.keys()
        runs = session.scalars(select(GradingRun)).all()
        assert Counter(run.submission_id for run in runs) == Counter(wanted.keys())
        for run in runs:
            submission = submissions[run.submission_id]
            assert submission.source.decode() == wanted[run.submission_id]
            assert run.is_live
            if run.state is RunState.FAILED:  # it was on somebody's bench each time that a worker was killed
                assert run.tries == MAX_TRIES, run.fault
                assert submission.given_back_at is not None
                continue
            report = run_report(run)
            assert report is not None
            undisturbed = grade(GradingOrder(bank_question(TENSOR_ADD), submission.source, run.seed), lane)
            assert (run.verdict, run.score) == (undisturbed.verdict, undisturbed.score), submission.source
            cases = [(case.name, case.verdict, case.points) for case in undisturbed.cases]
            assert [(case.name, case.verdict, case.points) for case in report.cases] == cases
            assert [(case.name, case.verdict, case.points) for case in run.cases] == cases
        lane.close()
        outcomes = session.scalar(select(func.count()).select_from(CaseOutcome))
        assert outcomes == sum(len(run.cases) for run in runs)
        for allowance in session.scalars(select(Allowance)):
            mine = [row for row in submissions.values() if row.person_id == allowance.person_id]
            assert allowance.issued == len(mine)
            assert allowance.used == sum(row.given_back_at is None for row in mine)


def _gone(data: Path) -> bool:
    for _ in range(100):
        if not family_of(data):
            return True
        time.sleep(0.05)
    return False
