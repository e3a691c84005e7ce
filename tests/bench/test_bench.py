"""The benchmark measures the work that it says, and shows it as it is."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from grader.bench.contenders import Floor, Run
from grader.bench.memory import Memory
from grader.bench.meter import Cost, Meter
from grader.bench.page import page
from grader.bench.run import Result, Row
from grader.bench.workload import QUESTION, plain_question, workload
from grader.settings import Settings
from grader.spec import Bank, Question


@pytest.fixture(scope="module")
def question() -> Question:
    """The question that is graded."""
    return Bank.of(Settings.from_environment()).get(QUESTION)


def test_the_workload_is_four_right_and_six_wrong_in_turn() -> None:
    assert [submission.right for submission in workload(10)].count(True) == 4
    assert workload(25)[20:] == workload(5)


def test_a_meter_counts_the_work_of_other_processes() -> None:
    meter = Meter()
    subprocess.run([sys.executable, "-c", "sum(range(3_000_000))"], check=True)
    cost = meter.read()
    assert cost.cpu_s > 0
    assert cost.wall_s > 0


@pytest.mark.slow
def test_the_plain_way_gives_each_submission_what_it_deserves(question: Question) -> None:
    run = Floor(question, 1, namespaces=os.geteuid() == 0).run(workload(10))
    assert run.accepted == [submission.right for submission in workload(10)]
    assert len(run.each_s) == 10


def test_the_plain_question_can_be_sent_to_another_process(question: Question) -> None:
    plain = plain_question(question)
    assert json.loads(json.dumps(plain)) == plain
    assert len(plain["cases"]) == len(question.spec.cases)


def test_the_median_is_of_single_submissions() -> None:
    assert Run(Cost(3.0, 2.0), [1.0, 5.0, 2.0], [True] * 3).median_s == 2.0
    assert Run(Cost(3.0, 2.0), [], []).median_s is None


def test_the_page_has_a_row_for_each_contender_and_each_memory() -> None:
    row = Row("docker backend", 200, 81.25, 0.0245, 0.021, 68.9, 0.05, 0)
    text = page(Result(2, "6.1", 0.0, 3, (row,), (Memory("docker backend", 600.0, 640.0),)), "grader bench")
    assert "| docker backend | 200 | 81.2 | 68.9 | 24 | 21 | 5% | 0 |" in text
    assert "| docker backend | 600 | 640 | 40 |" in text
