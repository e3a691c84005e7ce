"""A regrade goes on after the whole service was killed, while it is graded and while it is applied."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import func, select

from grader.clock import utc_now
from grader.services.grading.runs import finish
from grader.services.questions.publish import publish
from grader.services.regrades import regrades
from grader.spec.load import load_question
from grader.store.database import Database
from grader.store.migrate import upgrade
from grader.store.models import GradingRun, Regrade, RegradeRun
from grader.store.words import CourseRole, RegradeScope, RegradeState, RunState
from tests.jobs.stack import Process, family_of
from tests.servers import free_port
from tests.services.handing import claimed, handed, report_of
from tests.world import TENSOR_ADD, bank_question, enrol, make_world, person

pytestmark = pytest.mark.slow

STUDENTS = 24
PATIENCE_S = 120.0


def test_it_goes_on_whenever_it_is_killed(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    url = f"sqlite:///{data / 'grader.db'}"
    upgrade(url)
    database = Database(url)
    with database.transaction() as session:
        world = make_world(session)
        for number in range(STUDENTS):
            world.people[f"s{number}"] = person(session, f"s{number}").id
            enrol(session, world.course_id, world.people[f"s{number}"], CourseRole.STUDENT)
    for number in range(STUDENTS):  # right ones, which a wrong case had cost their points
        source = f"import torch\ndef tensor_add(a, b):\n    return torch.tensor(a) + torch.tensor(b)  # {number}\n"
        handed(database, world, f"s{number}", source.encode())
        taken = claimed(database)
        with database.transaction() as session:
            assert finish(session, taken, report_of(1.0), image=None, now=utc_now())
    files = dict(bank_question(TENSOR_ADD).files)
    files["statement.md"] += b"\nMind the dtype.\n"
    sam = world.people["sam"]
    with database.transaction() as session:
        version = publish(session, load_question(files, TENSOR_ADD)).version_id
        regrade_id = regrades.begin(
            session, world.course_id, world.item_id, version, RegradeScope.ALL, "why", actor_id=sam
        ).id
    serve = _serve(tmp_path, data)

    def state() -> RegradeState:
        with database.reading() as session:
            return session.get_one(Regrade, regrade_id).state

    def graded() -> int:
        with database.reading() as session:
            shadows = select(func.count()).select_from(GradingRun).where(~GradingRun.is_live)
            return session.scalar(shadows.where(GradingRun.state == RunState.FINISHED)) or 0

    try:
        serve.start()
        _wait(lambda: graded() >= 2)
        _kill(serve, data)
        assert state() is RegradeState.GRADING
        serve.start()
        _wait(lambda: state() is RegradeState.READY)
        _kill(serve, data)
        with database.transaction() as session:
            digest = regrades.result_digest(session, regrade_id)
            regrades.apply(
                session, world.course_id, regrade_id, upwards=False, make_live=False, digest=digest, actor_id=sam
            )
        serve.start()
        _wait(lambda: state() is RegradeState.APPLIED)
    finally:
        serve.kill()
        with database.reading() as session:
            runs = session.scalars(select(GradingRun)).all()
            applied = session.scalars(select(RegradeRun.applied_at)).all()
        database.close()
    assert len(runs) == 2 * STUDENTS
    assert [run.score for run in runs if run.is_live] == [10.0] * STUDENTS
    assert [run.score for run in runs if not run.is_live] == [1.0] * STUDENTS
    assert None not in applied


def _serve(folder: Path, data: Path) -> Process:
    arguments = ["--no-demo", "--port", str(free_port()), "--data", str(data), "--sandbox", "local", "--lanes", "1"]
    return Process("serve", ["grader.cli.main", "serve", *arguments], folder)


def _kill(serve: Process, data: Path) -> None:
    serve.kill_parent_only()
    _wait(lambda: not family_of(data))


def _wait(until: Callable[[], bool]) -> None:
    end_s = time.monotonic() + PATIENCE_S
    while not until():
        assert time.monotonic() < end_s, "it does not go on"
        time.sleep(0.05)
