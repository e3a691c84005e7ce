"""What may have failed by chance is asked again before it is charged; what is plainly or steadily wrong is charged."""

from __future__ import annotations

from typing import Any

import pytest

from grader.vocab import Outcome
from tests.judge.driver import Desk
from tests.judge.questions import function

CASES = """
def make(rng, k):
    return {"x": torch.randn(k, generator=rng)}
"""
SUM = "def f(x):\n    return x.double().sum().float()\n"
# A right way of computing it that is off by some tolerances where the sum of the inputs happens to be small.
NEARLY_RIGHT = """
import torch
def f(x):
    right = x.double().sum().float()
    return right * (1 + 1e-3) if abs(x[0]) {condition} else right
"""


@pytest.fixture(scope="module")
def desk() -> Desk:
    return Desk(function(SUM, CASES, "x"))


def hidden(report: dict[str, Any]) -> dict[str, Any]:
    return next(case for case in report["cases"] if case["visibility"] == "hidden")


def seed_where(desk: Desk, source: str, unstable: bool) -> int:
    """A seed with which the hidden case of a nearly right submission fails, and then passes twice, or not."""
    for seed in range(400):
        report = desk.grade(source, seed=seed, explain=False)
        asked_again = desk.calls > 3
        if asked_again and hidden(report)["is_unstable"] is unstable:
            return seed
    raise AssertionError("no such seed")


def test_a_failure_by_rounding_that_does_not_come_again_is_not_charged(desk: Desk) -> None:
    source = NEARLY_RIGHT.format(condition="< 0.2")
    seed = seed_where(desk, source, unstable=True)
    report = desk.grade(source, seed=seed, explain=False)
    assert [report["verdict"], report["score"], report["mistake"]] == ["accepted", 2, None]
    assert [hidden(report)["verdict"], hidden(report)["points"]] == ["accepted", pytest.approx(2 / 3)]
    note = hidden(report)["details"]["staff_note"]
    assert "Unstable" in note
    assert "passed 2 times" in note
    assert desk.calls == 5
    assert report == desk.grade(source, seed=seed, explain=False)


def test_a_failure_that_comes_again_is_charged(desk: Desk) -> None:
    source = NEARLY_RIGHT.format(condition="> 0.1")
    seed = seed_where(desk, source, unstable=False)
    report = desk.grade(source, seed=seed, explain=False)
    assert hidden(report)["verdict"] == "wrong_answer"
    assert "before it was charged" in hidden(report)["details"]["staff_note"]


def test_what_is_plainly_wrong_is_not_asked_again(desk: Desk) -> None:
    report = desk.grade("def f(x):\n    return x.mean()\n", explain=False)
    assert report["verdict"] == "wrong_answer"
    assert desk.calls == 3


def test_an_exception_is_not_asked_again(desk: Desk) -> None:
    desk.grade("def f(x):\n    raise ValueError\n", explain=False)
    assert desk.calls == 3


def test_a_small_but_steady_error_is_charged_everywhere(desk: Desk) -> None:
    report = desk.grade("def f(x):\n    return x.sum() * 1.001\n", explain=False)
    assert report["score"] == 0
    assert desk.calls == 3 * 3


def test_double_precision_computed_in_single_is_charged_without_asking_again() -> None:
    cases = CASES.replace("generator=rng)", "generator=rng, dtype=torch.float64)")
    desk = Desk(function("def f(x):\n    return x + 1000 - 1000.5\n", cases, "x"))
    report = desk.grade("def f(x):\n    return (x.float() + 1000 - 1000.5).double()\n", explain=False)
    assert report["verdict"] == "wrong_answer"
    assert desk.calls == 3


def test_a_public_case_is_asked_again_as_it_is(desk: Desk) -> None:
    once = """
calls = []
def f(x):
    calls.append(1)
    return x.double().sum().float() * (1.001 if len(calls) == 1 else 1)
"""
    report = desk.grade(once, explain=False)
    assert [report["cases"][0]["verdict"], report["cases"][0]["is_unstable"]] == ["accepted", True]
    again = [payload.replace(b"\x03", b"\x00") for payload in desk.calls_seen]
    assert desk.calls == 5
    assert len(again[0]) == len(again[2]) == len(again[3])


def test_a_test_of_draws_is_asked_again() -> None:
    check = """
from grader.judge.checkers import statistical
def drawn(case):
    return statistical.mean_is(case.got["value"], 0.0, 1.0)
"""
    files = function(
        "def f(x):\n    return torch.randn(400)\n",
        CASES,
        "x",
        grade='value = false\nchecks = ["drawn"]',
        reference__check=check,
    )
    desk = Desk(files)
    assert desk.grade("import torch\ndef f(x):\n    return torch.randn(400)\n", explain=False)["verdict"] == "accepted"
    assert desk.calls == 3
    wrong = desk.grade("import torch\ndef f(x):\n    return torch.randn(400) + 1\n", explain=False)
    assert wrong["verdict"] == "wrong_answer"
    assert desk.calls == 9


def test_a_process_that_dies_when_it_is_asked_again_is_charged_as_before(desk: Desk) -> None:
    source = "def f(x):\n    return x.sum() * 1.001\n"
    deadly = Desk(desk.files, deaths=dict.fromkeys(range(2, 6), Outcome.CRASHED))
    report = deadly.grade(source, explain=False)
    assert [case["diagnosis"] for case in report["cases"][:2]] == ["wrong_value", "wrong_value"]
    assert report["score"] == 0


def test_without_time_nothing_is_asked_again(desk: Desk) -> None:
    slow = Desk(desk.files, wall_s=15.0)
    report = slow.grade("def f(x):\n    return x.sum() * 1.001\n", explain=False)
    assert report["score"] == 0
    assert slow.calls == 3
