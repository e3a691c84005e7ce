"""A question that is wrong is never a student's wrong answer: the fault names file, function and line."""

from __future__ import annotations

import pytest

from tests.judge.driver import Desk
from tests.judge.questions import NLL_CASES, NLL_SOLUTION, function, nll

RIGHT = "def f(x):\n    return x + 1\n"
MAKE = "def make(rng, k):\n    return {'x': torch.randn(k, generator=rng)}\n"


def opened_with(**files: str) -> dict[str, object]:
    return Desk({**nll(), **{name.replace("__", "/") + ".py": text.encode() for name, text in files.items()}}).opened


def test_cases_that_do_not_load_are_told_with_their_line() -> None:
    fault = opened_with(cases=NLL_CASES + "\nboom = 1 / 0\n")
    assert (fault["op"], fault["where"], fault["line"]) == ("author_fault", "cases.py", 10)
    assert "ZeroDivisionError" in str(fault["message"])


def test_a_reference_that_does_not_load_is_told() -> None:
    fault = opened_with(reference__solution="import nothing_of_this_name\n" + NLL_SOLUTION)
    assert (fault["op"], fault["where"], fault["line"]) == ("author_fault", "reference/solution.py", 1)


def test_a_maker_that_raises_is_told_with_its_line() -> None:
    fault = Desk(
        function(RIGHT, "def make(rng, k):\n    return {'x': torch.zeros(k) @ torch.zeros(k + 1)}\n", "x")
    ).grade(RIGHT)
    assert (fault["op"], fault["where"], fault["key"], fault["line"]) == ("author_fault", "cases.py", "make", 3)


@pytest.mark.parametrize(
    "returned", ["[1]", "{1: 2}", "{'y': 1}", "{'x': object()}", "{'x': (torch.ones(2, requires_grad=True) * 2)}"]
)
def test_a_maker_that_returns_no_inputs_is_told(returned: str) -> None:
    made = f"def make(rng, k):\n    made = {returned}\n    return made\n"
    fault = Desk(function(RIGHT, made, "x")).grade(RIGHT)
    assert (fault["op"], fault["where"]) == ("author_fault", "cases.py")


def test_a_reference_that_fails_on_a_case_is_told_with_its_line() -> None:
    fault = Desk(function("def f(x):\n    return x[7]\n", MAKE, "x")).grade(RIGHT)
    assert (fault["op"], fault["where"], fault["line"]) == ("author_fault", "reference/solution.py", 3)


def test_an_exception_that_the_reference_raises_on_purpose_is_expected_of_submissions() -> None:
    desk = Desk(function("def f(x):\n    raise ValueError('empty')\n", MAKE, "x"))
    assert desk.grade("def f(x):\n    raise ValueError('other words')\n")["verdict"] == "accepted"
    other = desk.grade("def f(x):\n    raise KeyError('empty')\n")
    assert (other["verdict"], other["cases"][0]["diagnosis"]) == ("wrong_answer", "exception")
    assert desk.grade(RIGHT)["verdict"] == "wrong_answer"


def test_a_reference_that_changes_its_pure_inputs_is_told() -> None:
    fault = Desk(function("def f(x):\n    return x.add_(1)\n", MAKE, "x", grade="pure = true")).grade(RIGHT)
    assert (fault["op"], fault["key"]) == ("author_fault", "pure")


def test_a_reference_whose_result_cannot_be_graded_is_told() -> None:
    fault = Desk(function("def f(x):\n    return object()\n", MAKE, "x")).grade(RIGHT)
    assert (fault["op"], fault["key"]) == ("author_fault", "value")


def test_a_gradient_of_a_result_without_a_graph_is_told() -> None:
    made = "def make(rng, k):\n    return {'x': torch.ones(k, requires_grad=True)}\n"
    desk = Desk(function("def f(x):\n    return x.detach()\n", made, "x", grade='gradients = ["x"]'))
    fault = desk.grade(RIGHT)
    assert (fault["op"], fault["key"]) == ("author_fault", "gradients")


def test_a_check_that_raises_is_told_with_its_line() -> None:
    check = "def holds(case):\n    return case.got['nothing']\n"
    desk = Desk(function(RIGHT, MAKE, "x", grade='checks = ["holds"]', reference__check=check))
    fault = desk.grade(RIGHT)
    assert (fault["op"], fault["where"], fault["key"], fault["line"]) == (
        "author_fault",
        "reference/check.py",
        "holds",
        2,
    )


def test_a_check_that_returns_something_else_is_told() -> None:
    check = "def holds(case):\n    return True\n"
    desk = Desk(function(RIGHT, MAKE, "x", grade='checks = ["holds"]', reference__check=check))
    fault = desk.grade(RIGHT)
    assert (fault["op"], fault["where"], fault["key"]) == ("author_fault", "reference/check.py", "holds")


def test_after_a_fault_the_next_grading_goes_on() -> None:
    check = "def holds(case):\n    assert case.got['value'].min() > -100\n"
    desk = Desk(function(RIGHT, MAKE, "x", grade='value = false\nchecks = ["holds"]', reference__check=check))
    assert desk.grade("def f(x):\n    return x - 1000\n")["op"] == "author_fault"
    assert desk.grade(RIGHT)["verdict"] == "accepted"
