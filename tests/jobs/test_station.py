"""What a worker makes of the queue, on both databases, with a real sandbox."""

from __future__ import annotations

import os
import signal
import threading
import time
import zlib
from pathlib import Path

import msgspec
import pytest
import sqlalchemy as sa

from grader.clock import utc_now
from grader.jobs.orphans import release_orphans
from grader.jobs.station import Station
from grader.processes import this_process
from grader.sandbox.choose import open_sandbox
from grader.services.grades import standings
from grader.services.grading import runs
from grader.services.grading.results import run_report
from grader.services.handing_in.attempts import attempts_used
from grader.store.database import Database
from grader.store.migrate import upgrade
from grader.store.questions import QuestionVersion
from grader.store.runs import CaseOutcome, GradingRun
from grader.store.words import Device, RunState
from grader.vocab import Verdict
from tests.jobs.conftest import RIGHT, SLOW, WRONG, MakeStation, NoNudges, run_of, submit, wait_for
from tests.servers import running_postgres
from tests.world import World, make_world


def test_a_nudge_has_everything_graded_that_waits(database: Database, world: World, make_station: MakeStation) -> None:
    right, wrong = submit(database, world, RIGHT), submit(database, world, WRONG, login="bob")
    assert make_station().work(Device.CPU) == 2
    assert run_of(database, right.submission_id).verdict is Verdict.ACCEPTED
    run = run_of(database, wrong.submission_id)
    assert (run.state, run.verdict, run.tries) == (RunState.FINISHED, Verdict.WRONG_ANSWER, 1)
    with database.reading() as session:
        loaded = session.get_one(GradingRun, run.id)
        report = run_report(loaded)
        assert report is not None
        assert [case.verdict for case in loaded.cases] == [case.verdict for case in report.cases]


def test_a_second_nudge_for_the_same_run_finds_nothing(
    database: Database, world: World, make_station: MakeStation
) -> None:
    submit(database, world, RIGHT)
    station = make_station()
    assert (station.work(Device.CPU), station.work(Device.CPU)) == (1, 0)


def test_other_devices_are_left_to_their_workers(database: Database, world: World, make_station: MakeStation) -> None:
    submission = submit(database, world, RIGHT).submission_id
    assert make_station().work(Device.GPU) == 0
    assert run_of(database, submission).state is RunState.QUEUED


def test_without_any_nudge_a_worker_finds_what_waits(
    database: Database, world: World, make_station: MakeStation
) -> None:
    waiting = [submit(database, world, RIGHT + b"# %d\n" % number).submission_id for number in range(5)]
    make_station(look_s=0.1).start()
    for submission in waiting:
        assert wait_for(database, submission, RunState.FINISHED).verdict is Verdict.ACCEPTED


def test_three_workers_at_one_queue_grade_everything_once(
    database: Database, world: World, make_station: MakeStation
) -> None:
    waiting = [
        submit(database, world, source + b"# %d\n" % number, login=login).submission_id
        for number in range(6)
        for login, source in (("ada", RIGHT), ("bob", WRONG))
    ]
    stations = [make_station() for _ in range(3)]
    done: list[int] = []
    threads = [
        threading.Thread(target=lambda station=station: done.append(station.work(Device.CPU)))
        for station in stations
        for _ in range(2)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(done) == len(waiting)
    states = [(run.state, run.tries) for run in (run_of(database, submission) for submission in waiting)]
    assert states == [(RunState.FINISHED, 1)] * len(waiting)
    with database.reading() as session:
        outcomes = session.scalar(sa.select(sa.func.count()).select_from(CaseOutcome))
        report = run_report(session.get_one(GradingRun, run_of(database, waiting[0]).id))
    assert report is not None
    assert outcomes == len(waiting) * len(report.cases)


def test_a_long_run_shows_its_cases_while_it_goes_on(
    database: Database, world: World, make_station: MakeStation
) -> None:
    submission = submit(database, world, SLOW).submission_id
    station = make_station(look_s=0.1)
    station.start()
    shown = 0
    while run_of(database, submission).state is not RunState.FINISHED:
        shown = max(shown, len(run_of(database, submission).progress or []))
        time.sleep(0.02)
    run = run_of(database, submission)
    assert shown >= 1
    assert (run.progress, run.verdict) == (None, Verdict.ACCEPTED)


def test_what_a_stopped_worker_was_grading_is_given_back_and_costs_no_try(
    database: Database, world: World, make_station: MakeStation
) -> None:
    submission = submit(database, world, SLOW).submission_id
    station = make_station(look_s=0.1)
    station.start()
    wait_for(database, submission, RunState.RUNNING)
    station.stop(within_s=0)
    station.close()
    assert run_of(database, submission).state is RunState.QUEUED
    for _ in range(runs.MAX_TRIES):  # however often workers are restarted
        again = make_station(look_s=0.05)
        again.start()
        wait_for(database, submission, RunState.RUNNING)
        again.stop(within_s=0)
        again.close()
    make_station().work(Device.CPU)
    assert run_of(database, submission).verdict is Verdict.ACCEPTED


def test_a_worker_finishes_what_it_can_before_it_stops(
    database: Database, world: World, make_station: MakeStation
) -> None:
    submission = submit(database, world, SLOW).submission_id
    waiting = submit(database, world, RIGHT, login="bob").submission_id
    station = make_station(look_s=100)
    thread = threading.Thread(target=station.work, args=(Device.CPU,))
    thread.start()
    wait_for(database, submission, RunState.RUNNING)
    station.stop()
    thread.join()
    assert run_of(database, submission).state is RunState.FINISHED
    assert run_of(database, waiting).state is RunState.QUEUED


def test_a_run_that_another_worker_took_over_is_dropped(
    database: Database, world: World, make_station: MakeStation
) -> None:
    submission = submit(database, world, SLOW).submission_id
    station = make_station(heartbeat_s=0.1, look_s=100)
    station.start()
    thread = threading.Thread(target=station.work, args=(Device.CPU,))
    thread.start()
    wait_for(database, submission, RunState.RUNNING)
    with database.transaction() as session:
        session.execute(sa.update(GradingRun).values(lease_token="another worker's", tries=2))
    thread.join()
    run = run_of(database, submission)
    assert (run.state, run.lease_token, run.tries) == (RunState.RUNNING, "another worker's", 2)


def test_a_sweep_derives_what_pages_would_wait_for_too_long(
    database: Database, world: World, make_station: MakeStation, monkeypatch: pytest.MonkeyPatch
) -> None:
    submit(database, world, RIGHT)
    submit(database, world, RIGHT, login="bob")
    monkeypatch.setattr(standings, "FEW", 1)
    make_station().sweep()
    with database.reading() as session:
        assert standings.stale_among(session, [world.assignment_id]) == {world.assignment_id: 1}


def test_a_question_that_cannot_be_read_costs_no_attempt(
    database: Database, world: World, make_station: MakeStation
) -> None:
    submission = submit(database, world, RIGHT).submission_id
    with database.transaction() as session:
        session.execute(
            sa.update(QuestionVersion).values(files=zlib.compress(msgspec.msgpack.encode({"question.toml": b"no ="})))
        )
    make_station().work(Device.CPU)
    run = run_of(database, submission)
    assert (run.state, run.tries) == (RunState.FAILED, 1)
    assert "cannot be read" in (run.fault or "")
    with database.reading() as session:
        assert attempts_used(session, world.item_id, world.people["ada"]) == 0


def test_killed_slots_are_replaced(database: Database, world: World) -> None:
    others = _slots()
    with open_sandbox("local", lanes=2) as place:
        station = Station(database, place, NoNudges(), devices=[Device.CPU])
        for number in range(3):
            submission = submit(database, world, RIGHT + b"# %d\n" % number).submission_id
            assert station.work(Device.CPU) == 1
            assert run_of(database, submission).verdict is Verdict.ACCEPTED
            killed = _slots() - others
            assert killed
            for pid in killed:
                os.killpg(pid, signal.SIGKILL)
        station.close()


def test_runs_of_a_worker_that_was_killed_here_are_taken_back_at_once(
    database: Database, world: World, make_station: MakeStation
) -> None:
    mine, gone = submit(database, world, RIGHT).submission_id, submit(database, world, RIGHT, login="bob").submission_id
    with database.transaction() as session:
        assert runs.claim(session, Device.CPU, this_process(), utc_now()) is not None
        host, pid, started = this_process().split("/")
        assert runs.claim(session, Device.CPU, f"{host}/{pid}/{int(started) - 1}", utc_now()) is not None
    with database.transaction() as session:
        assert release_orphans(session, utc_now()) == 1
    make_station(look_s=0.1).start()
    assert wait_for(database, gone, RunState.FINISHED).tries == 2
    assert run_of(database, mine).state is RunState.RUNNING


@pytest.mark.postgres
def test_a_result_waits_while_the_database_is_restarted(make_station: MakeStation, tmp_path: Path) -> None:
    with running_postgres() as server:
        url = server.url()
        upgrade(url)
        database = Database(url)
        with database.transaction() as session:
            world = make_world(session)
        submission = submit(database, world, SLOW).submission_id
        station = make_station(on=database, look_s=100)
        thread = threading.Thread(target=station.work, args=(Device.CPU,))
        thread.start()
        wait_for(database, submission, RunState.RUNNING)
        server.stop()
        time.sleep(4)  # longer than the grading takes
        server.start()
        thread.join()
        run = run_of(database, submission)
        assert (run.state, run.verdict, run.tries) == (RunState.FINISHED, Verdict.ACCEPTED, 1)
        station.close()
        database.close()


def _slots() -> set[int]:
    """Children of this process that serve as slots."""
    found = set()
    for process in Path("/proc").glob("[0-9]*"):
        try:
            parent = (process / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()[1]
            command = (process / "cmdline").read_bytes()
        except OSError:  # it has ended meanwhile
            continue
        if int(parent) == os.getpid() and b"local_slot" in command:
            found.add(int(process.name))
    return found
