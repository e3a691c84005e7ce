"""The signature of a mistake: the same for those who are wrong in the same way, whatever they call things."""

from __future__ import annotations

from typing import Any

import pytest

from grader.vocab import Outcome
from tests.judge.driver import Desk
from tests.judge.questions import NLL_SOLUTION, function, nll
from tests.judge.renaming import renamed

MEAN_FORGOTTEN = NLL_SOLUTION.replace("(2 * var_ * n)", "(2 * var_)")
LOOP = """
import math


def neg_log_likelihood(samples, mu, var_):
    total = 0.0
    for sample in samples:
        for entry, centre in zip(sample, mu):
            total = total + (entry - centre) ** 2 / (2 * var_)
    dimensions = len(mu)
    return total + dimensions * 0.5 * math.log(2 * math.pi) + dimensions * 0.5 * math.log(var_)
"""


@pytest.fixture(scope="module")
def desk() -> Desk:
    return Desk(nll())


def mistake(desk: Desk, source: str, seed: int = 7) -> str:
    report = desk.grade(source, seed=seed)
    found = report["mistake"]
    assert isinstance(found, str)
    assert len(found) <= 32
    return found


def test_a_right_answer_has_none(desk: Desk) -> None:
    report = desk.grade(NLL_SOLUTION)
    assert [report["mistake"], {case["fingerprint"] for case in report["cases"]}] == [None, {None}]
    assert desk.calls == 5


def test_it_does_not_hang_on_the_seed(desk: Desk) -> None:
    assert len({mistake(desk, MEAN_FORGOTTEN, seed) for seed in range(8)}) == 1


def test_names_comments_and_layout_do_not_matter(desk: Desk) -> None:
    copy = renamed(MEAN_FORGOTTEN.encode()).decode()
    assert "squares" not in copy
    assert mistake(desk, copy) == mistake(desk, MEAN_FORGOTTEN)


def test_a_loop_with_the_same_wrong_formula_is_the_same_mistake(desk: Desk) -> None:
    assert mistake(desk, LOOP, 3) == mistake(desk, MEAN_FORGOTTEN, 4)


def test_other_mistakes_are_others(desk: Desk) -> None:
    changes = {
        "(2 * var_ * n)": ["(2 * var_)", "(var_ * n)", "(2 * var_ * d)", "(2 * var_ ** 2 * n)", "(2 * var_ * n - 1)"],
        "math.log(var_)": ["math.log(var_ + 1e-2)", "math.log2(var_)", "math.log(var_) * 0"],
        "(samples - mu)": ["(samples + mu)", "(samples - mu.detach())", "samples"],
        "return ": ["return -1 * ", "return None and ", "raise ValueError('no'); return ", "return [1] * "],
    }
    wrong = [NLL_SOLUTION.replace(old, new) for old, others in changes.items() for new in others]
    signatures = [mistake(desk, source) for source in wrong]
    assert len(set(signatures)) == len(wrong)


def test_an_exception_is_told_by_its_type_and_words_and_not_by_names(desk: Desk) -> None:
    def raising(line: str) -> str:
        return f"def neg_log_likelihood(samples, mu, var_):\n    {line}\n"

    one = mistake(desk, raising("return total + 1"))
    assert mistake(desk, raising("return summe + 1")) == one
    assert mistake(desk, raising("return samples @ mu @ mu")) != one
    assert mistake(desk, raising("raise ValueError('a')")) != mistake(desk, raising("raise ValueError('b')"))
    at_an_address = raising("raise ValueError(f'{object()!r}')")
    assert mistake(desk, at_an_address) == mistake(desk, at_an_address)


def test_a_file_that_lacks_the_function_has_one_and_a_file_that_is_no_python_has_none(desk: Desk) -> None:
    assert mistake(desk, "def nll(samples, mu, var_): ...\n") == mistake(desk, "import math\n# what now?\n")
    assert desk.grade("def neg_log_likelihood(samples, mu, var_:\n")["mistake"] is None


def test_answers_that_differ_each_time_are_told_by_their_kind_only() -> None:
    cases = "\ndef make(rng, k):\n    return {'x': torch.randn(k, generator=rng)}\n"
    desk = Desk(function("def f(x):\n    return 2 * x\n", cases, "x"))
    own = "import torch, {module}\ndef f(x):\n    return x + torch.tensor([{draw} for _ in x])\n"
    system = own.format(module="random", draw="random.SystemRandom().random()")
    found = {mistake(desk, system, seed) for seed in range(4)}
    assert len(found) == 1
    assert mistake(desk, "def f(x):\n    return x[:1]\n") not in found


def test_no_further_call_changes_a_verdict(desk: Desk) -> None:
    later = """
calls = []
def neg_log_likelihood(samples, mu, var_):
    calls.append(1)
    if len(calls) > 5:
        raise SystemExit
    return (samples * mu).sum() * 0 + 1.0
"""
    plain = desk.grade(later, explain=False)
    assert desk.calls == 5
    assert plain["mistake"] is None
    told = desk.grade(later)
    assert [case["verdict"] for case in told["cases"]][:2] == [case["verdict"] for case in plain["cases"]][:2]
    assert told["verdict"] != "accepted"


@pytest.mark.parametrize("outcome", [Outcome.CRASHED, Outcome.WALL_TIME, Outcome.MEMORY])
def test_a_process_that_dies_for_its_signature_is_nobodys_fault(outcome: Outcome) -> None:
    desk = Desk(nll())
    calm = desk.grade(MEAN_FORGOTTEN)
    asked = range(desk.calls)
    deadly = Desk(nll(), deaths=dict.fromkeys(asked[-4:], outcome))
    report = deadly.grade(MEAN_FORGOTTEN)
    shown: list[Any] = [[(case["verdict"], case["points"]) for case in told["cases"]] for told in (calm, report)]
    assert shown[0] == shown[1]
    assert (report["mistake"] is None) is (outcome is not Outcome.CRASHED)


def test_where_time_is_short_there_is_none(desk: Desk) -> None:
    slow = Desk(nll(), wall_s=5.0)
    assert slow.grade(MEAN_FORGOTTEN)["mistake"] is None
    assert slow.calls <= 7
