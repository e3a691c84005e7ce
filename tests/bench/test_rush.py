"""A small deadline rush over the whole service, and how its figures are made."""

from __future__ import annotations

import datetime as dt
import json
import os
import signal
from dataclasses import asdict
from types import SimpleNamespace

import pytest

from grader.bench.crowd import Crowd, Request
from grader.bench.processes import cpu_by_role, memory_by_role
from grader.bench.rush import backlog, rush, waits
from grader.bench.rush_page import figures
from grader.bench.service import running_service
from grader.bench.visitor import Answer, Visitor
from grader.bench.workload import QUESTION
from grader.clock import monotonic_s
from tests.world import bank_question

NOW = dt.datetime(2026, 11, 21, tzinfo=dt.UTC)


@pytest.mark.docker
@pytest.mark.postgres
@pytest.mark.redis
@pytest.mark.slow
def test_fifty_submissions_of_ten_students_all_get_the_result_they_deserve() -> None:
    said: list[str] = []
    result = rush(
        bank_question(QUESTION),
        students=10,
        submissions=50,
        within_s=5,
        lanes=2,
        sandbox="docker",
        cold=False,
        tell=said.append,
    )
    assert (result.accepted, result.refused, result.unanswered) == (50, 0, 0)
    assert (result.lost, result.wrong, result.complaints) == (0, 0, [])
    assert result.click_to_verdict.count == 50
    assert {"hand in", "result", "state", "question", "home"} <= set(result.requests)
    assert all(result.cpu_ms[role] > 0 for role in ("site", "worker", "postgres", "sandboxes", "clients"))
    assert {"taken · refused · unanswered": "50 · 0 · 0"}.items() <= dict(figures(result)).items()
    assert json.loads(json.dumps(asdict(result)))["submissions"] == 50
    assert "50 submissions within 5 s" in said


@pytest.mark.postgres
@pytest.mark.redis
def test_a_service_leaves_nothing_behind_even_where_a_part_of_it_was_killed() -> None:
    with running_service(lanes=1, site_processes=1, sandbox="local") as service:
        pids = {role: process.pid for role, process in service.processes.items()}
        service.processes["beat"].send_signal(signal.SIGKILL)
        connection_url = service.database_url
    assert {"site", "worker", "beat"} == set(pids)
    assert connection_url.startswith("postgresql")
    for pid in pids.values():
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


def run(queued_s: float, started_s: float, finished_s: float) -> SimpleNamespace:
    at = [NOW + dt.timedelta(seconds=second) for second in (queued_s, started_s, finished_s)]
    return SimpleNamespace(queued_at=at[0], started_at=at[1], finished_at=at[2])


def test_speed_counts_while_somebody_waits_and_not_while_the_grader_does() -> None:
    rush_of_ten = [run(0, number + 0.5, number + 1) for number in range(10)]
    and_one_much_later = run(100, 100, 101)
    whole_s, backlog_s, verdicts, longest = backlog([*rush_of_ten, and_one_much_later])
    assert (whole_s, longest) == (101, 10)
    # Ten were queued at once; the sixth is started after five seconds, and fewer than five wait from then on.
    assert backlog_s == 5.5
    assert verdicts == 5


def test_percentiles_are_of_what_was_seen() -> None:
    found = waits([number / 1000 for number in range(1, 101)])
    assert (found.count, found.median_ms, found.p99_ms, found.longest_ms) == (100, 51, 100, 100)
    assert waits([]).longest_ms == 0


def test_a_request_waits_for_its_time_and_counts_from_then_and_may_plan_another() -> None:
    began_s = monotonic_s()
    made: list[float] = []

    def request(at_s: float, more: int) -> Request:
        def make(_: object) -> Answer:
            made.append(monotonic_s() - began_s)
            return Answer(200, "", b"", 1)

        return Request(at_s, "look", make, lambda _: [request(monotonic_s() + 0.05, more - 1)] if more else [])

    crowd = Crowd(port=1, threads=2)
    crowd.add([request(began_s + 0.1, 2)])
    crowd.run()
    assert len(made) == len(crowd.waits_s["look"]) == 3
    assert made[0] >= 0.1
    assert made[2] - made[0] >= 0.1


def test_a_site_that_hangs_up_is_a_complaint_and_no_crash() -> None:
    crowd = Crowd(port=1, threads=1)
    answers: list[Answer | None] = []
    visitor = Visitor("ada", "10.0.0.1")

    def then(answer: Answer | None) -> tuple[()]:
        answers.append(answer)
        return ()

    crowd.add([Request(monotonic_s(), "look", lambda connection: visitor.get(connection, "/"), then)])
    crowd.run()
    assert answers == [None]
    assert len(crowd.complaints) == 1


def test_a_role_is_its_processes_and_their_children() -> None:
    mine = {"me": [os.getpid()], "nobody": [2**22 + 1]}
    assert cpu_by_role(mine)["me"] > 0
    assert memory_by_role(mine)["me"] > 10
    assert cpu_by_role(mine)["nobody"] == memory_by_role(mine)["nobody"] == 0
