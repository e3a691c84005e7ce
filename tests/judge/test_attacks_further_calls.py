"""What a submission may try with the calls that come after the first: repeats, handed-on values, signatures."""

from __future__ import annotations

from typing import Any

import pytest

from grader.judge.cases import derived_seed
from grader.vocab import Visibility
from tests.judge.driver import Desk
from tests.judge.parts import PARTS, five_parts, with_part
from tests.judge.questions import function

CASES = """
def make(rng, k):
    return {"x": torch.randn(k, generator=rng)}
"""
SUM = "def f(x):\n    return x.double().sum().float()\n"

# What it is handed for a later part it keeps, to give it as its answer wherever an earlier part is asked for.
KEEPS_WHAT_IT_IS_HANDED = """
SEEN = []


class Training:
    @staticmethod
    def standardised(x):
        return next((one for one in reversed(SEEN) if one.shape == x.shape), x * 0)

    @staticmethod
    def scores(inputs, w):
        SEEN.append(inputs.clone())
        return inputs @ w

    @staticmethod
    def loss(scores, y):
        return ((scores - y) ** 2).mean()

    @staticmethod
    def gradient(inputs, scores, y):
        SEEN.append(inputs.clone())
        return 2 * inputs.T @ (scores - y) / len(y)

    @staticmethod
    def step(w, gradient, loss):
        return w - 0.1 * gradient, float(loss)
"""
# Right by chance: a nearly right answer is asked for thrice, and whoever draws anew must be right twice then.
DRAWS = """
import random
COUNT = []
def f(x):
    COUNT.append(None)
    right = x.double().sum().float()
    return right if random.Random(f"{salt} {{len(COUNT)}}").random() < {share} else right * (1 + 1e-3)
"""


def points(report: dict[str, Any]) -> dict[str, float]:
    found = dict.fromkeys(PARTS, 0.0)
    for case in report["cases"]:
        found[case["group"]] += case["points"]
    return found


def test_values_that_were_handed_on_earn_nothing_for_the_part_that_they_are_of() -> None:
    desk = Desk(five_parts())
    honest = desk.grade(with_part("(x - x.mean(dim=0)) / x.std(dim=0)", "x * 0"))
    keeping = desk.grade(KEEPS_WHAT_IT_IS_HANDED)
    assert points(keeping) == points(honest)
    assert points(keeping)["inputs"] == 0


def test_answers_that_are_drawn_are_charged_more_often_than_not_and_staff_are_told_of_the_rest() -> None:
    desk = Desk(function(SUM, CASES, "x"))
    hidden = [
        case
        for seed in range(120)
        for case in desk.grade(DRAWS.format(share=0.5, salt=seed), seed=seed, explain=False)["cases"]
        if case["visibility"] == Visibility.HIDDEN
    ]
    passed = [case for case in hidden if case["verdict"] == "accepted"]
    assert 0.4 < len(passed) / len(hidden) < 0.83  # 0.625 is meant
    at_first = [case for case in passed if not case["is_unstable"]]
    assert 0.55 < len(at_first) / len(passed) < 0.98  # 0.8 is meant


def test_a_signature_that_is_forged_is_anothers_and_gains_no_point() -> None:
    desk = Desk(function(SUM, CASES, "x"))
    offset, factor = "x.sum() + 7", "x.sum() * 5"
    theirs, mine = desk.grade(plain(offset)), desk.grade(plain(factor))
    assert theirs["mistake"] != mine["mistake"]
    known = [derived_seed("inputs for all", 0, case["name"]) for case in theirs["cases"]]
    # Whoever knows the makers can tell the calls for the signature by their inputs.
    forged = f"""
import torch
KNOWN = {{float(torch.randn(k, generator=torch.Generator().manual_seed(s))[0]) for s in {known} for k in range(1, 20)}}
def f(x):
    return {offset} if float(x[0]) in KNOWN else {factor}
"""
    report = desk.grade(forged)
    assert report["verdict"] == mine["verdict"]
    assert report["score"] == mine["score"]
    assert report["mistake"] is not None


def plain(expression: str) -> str:
    return f"def f(x):\n    return {expression}\n"


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_whoever_is_always_wrong_or_always_right_is_judged_so(share: float) -> None:
    desk = Desk(function(SUM, CASES, "x"))
    for seed in range(5):
        cases = desk.grade(DRAWS.format(share=share, salt=seed), seed=seed, explain=False)["cases"]
        assert {case["verdict"] == "accepted" for case in cases} == {share == 1.0}
