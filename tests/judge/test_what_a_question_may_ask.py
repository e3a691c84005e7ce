"""Gradings of questions that look at more than a value: checks, state, effects, logs, steps."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.judge.driver import Desk
from tests.judge.questions import NLL_SOLUTION, function, nll, question

MAKE = "def make(rng, k):\n    return {'x': torch.randn(k, generator=rng)}\n"


def graded(desk: Desk, source: str) -> tuple[str, set[str | None]]:
    report = desk.grade("import torch\n" + source)
    assert "cases" in report, report
    return report["verdict"], {case["diagnosis"] for case in report["cases"]}


def test_checks_see_torch_values_in_the_containers_of_the_reference() -> None:
    check = (
        "import torch\nfrom grader.author import Fail\n"
        "def grows(case):\n"
        "    w, losses = case.got['value']\n"
        "    assert type(w) is torch.Tensor and w.dtype == torch.float32\n"
        "    assert type(losses) is list and all(type(loss) is float for loss in losses)\n"
        "    assert case.inputs['x'].shape == (case.args['k'],)\n"
        "    return None if losses[-1] > losses[0] else Fail('not_converged', 'It falls.')\n"
    )
    solution = "def f(x):\n    return x.clone(), [1.0, 2.0, 3.0]\n"
    grade = 'value = false\nchecks = ["grows"]'
    desk = Desk(function(solution, MAKE, "x", grade=grade, reference__check=check))
    assert graded(desk, solution)[0] == "accepted"
    assert graded(desk, "def f(x):\n    return x.tolist(), torch.tensor([1.0, 2.0])\n")[0] == "accepted"
    assert graded(desk, "def f(x):\n    return [x, (3, 2.0)]\n") == ("wrong_answer", {"not_converged"})
    assert graded(desk, "def f(x):\n    return x\n") == ("wrong_answer", {"wrong_type"})
    assert graded(desk, "def f(x):\n    return x, None\n") == ("wrong_answer", {"none_returned"})
    assert graded(desk, "def f(x):\n    return x, 3.0\n") == ("wrong_answer", {"wrong_type"})


CHECKED = "def f(x):\n    return x, [1.0, 2.0, 3.0]\n"
FALLING = "def falls(case):\n    assert sum(case.got['value'][1]) < 1e9\n"


@pytest.mark.parametrize(
    ("losses", "word"),
    [
        ("[1.0, 'a']", "wrong_type"),
        ("[1.0, None]", "none_returned"),
        ("[1j, 2.0, 3.0]", "wrong_dtype"),
        ("[1j, 2.0]", "wrong_dtype"),
        ("[float('nan'), 2.0]", "not_a_number"),
        ("torch.full((3,), float('nan'))", "not_a_number"),
    ],
)
def test_checks_that_decide_about_values_get_real_numbers(losses: str, word: str) -> None:
    grade = 'value = false\nchecks = ["falls"]'
    desk = Desk(function(CHECKED, MAKE, "x", grade=grade, reference__check=FALLING))
    assert graded(desk, f"def f(x):\n    return x, {losses}\n") == ("wrong_answer", {word})


def test_what_the_judge_cannot_compare_is_a_wrong_answer_that_staff_hear_of() -> None:
    grade = 'value = false\nchecks = ["falls"]'
    desk = Desk(function(CHECKED, MAKE, "x", grade=grade, reference__check=FALLING))
    report = desk.grade("import torch\ndef f(x):\n    return x, torch.zeros(300_000)\n")
    assert {(case["verdict"], case["diagnosis"]) for case in report["cases"]} == {("wrong_answer", "wrong_type")}
    assert all("300000 rows" in case["details"]["staff_note"] for case in report["cases"])
    assert all("300000" not in case["message"] for case in report["cases"])


def test_a_second_call_of_another_structure_is_a_wrong_answer_and_no_fault() -> None:
    check = "def same(case):\n    return None if (case.got['again'] == case.got['value']).all() else None\n"
    head_steps = """
[[step]]
call = "submission"
args = ["x"]
as = "result"
[[step]]
call = "submission"
args = ["x"]
as = "again"
"""
    files = function("def f(x):\n    return x\n", MAKE, "x", grade='checks = ["same"]', reference__check=check)
    files["question.toml"] = files["question.toml"].replace(b"[[group]]", head_steps.encode() + b"[[group]]", 1)
    source = "calls = []\ndef f(x):\n    calls.append(1)\n    return x if len(calls) % 2 else None\n"
    assert graded(Desk(files), source) == ("wrong_answer", {"none_returned"})


def test_a_module_that_is_trained_in_place_is_looked_at() -> None:
    solution = """
def f(layer, x):
    for _ in range(3):
        layer.zero_grad()
        layer(x).pow(2).sum().backward()
        with torch.no_grad():
            for p in layer.parameters():
                p -= 0.01 * p.grad
"""
    made = "def make(rng, k):\n    return {'layer': torch.nn.Linear(k, 2), 'x': torch.randn(k, generator=rng)}\n"
    made = made.replace("    return", "    torch.manual_seed(rng.initial_seed())\n    return")
    desk = Desk(function(solution, made, "layer, x", grade='state = ["layer"]'))
    assert graded(desk, solution)[0] == "accepted"
    assert graded(desk, "def f(layer, x): pass\n") == ("wrong_answer", {"state_not_changed"})
    assert graded(desk, solution.replace("layer.zero_grad()", "pass")) == ("wrong_answer", {"wrong_state"})


MODULE_SPEC = """
title = "Linear"
kind = "code"
source = "tests"
[entry]
kind = "class"
name = "Net"
parameters = ["n"]
[grade]
parameter_gradients = ["module"]
instance = { module = "torch.nn.Module" }
[[step]]
call = "submission"
args = ["n"]
as = "module"
[[step]]
to = "module"
dtype = "dtype"
[[step]]
load = "module"
from = "state"
by = "BY"
[[step]]
call = "module"
args = ["x"]
as = "result"
[[group]]
name = "all"
points = 1
[[case]]
name = "double"
group = "all"
visibility = "public"
make = "make"
args = { n = 3, dtype = "float64" }
seed = 1
[[case]]
name = "single"
group = "all"
visibility = "hidden"
make = "make"
args = { n = 4, dtype = "float32" }
"""
MODULE_CASES = """
import torch
def make(rng, n, dtype):
    state = {"W": torch.randn(2, n, generator=rng, dtype=dtype), "b": torch.randn(2, generator=rng, dtype=dtype)}
    return {"n": n, "state": state, "x": torch.randn(n, generator=rng, dtype=dtype)}
"""
MODULE = """
import torch
class Net(torch.nn.Module):
    def __init__(self, n):
        super().__init__()
        self.W = torch.nn.Parameter(torch.randn(2, n))
        self.b = torch.nn.Parameter(torch.randn(2))
    def forward(self, x):
        return self.W @ x + self.b
"""


@pytest.mark.parametrize("by", ["name", "order", "shape"])
def test_a_class_is_loaded_converted_and_called(by: str) -> None:
    desk = Desk(
        question(MODULE_SPEC.replace("BY", by), MODULE_CASES, MODULE, "class Net:\n    def __init__(self, n): ...\n")
    )
    assert graded(desk, MODULE)[0] == "accepted"
    renamed = graded(desk, MODULE.replace("self.W", "self.weight"))
    assert renamed == (("runtime_error", {"not_registered"}) if by == "name" else ("accepted", {None}))
    assert graded(desk, MODULE.replace("+ self.b", "+ self.b.detach()"))[1] == {"missing_gradient"}
    plain = MODULE.replace("torch.nn.Parameter(torch.randn(2))", "torch.randn(2)")
    assert graded(desk, plain)[1] == {"not_registered"}


def test_calls_of_a_callable_are_compared_in_any_order() -> None:
    solution = "def f(objective, x):\n    return min(objective(p) for p in x)\n"
    made = (
        "from grader.author import described\n"
        "def make(rng, k):\n    return {'objective': described('parabola'), 'x': [float(i) for i in range(k)]}\n"
    )
    probe = "def parabola():\n    return lambda p: (p - 1.5) ** 2\n"
    desk = Desk(function(solution, made, "objective, x", grade='logs = ["objective"]', probe=probe))
    assert graded(desk, solution)[0] == "accepted"
    assert graded(desk, solution.replace("in x", "in reversed(x)"))[0] == "accepted"
    assert graded(desk, solution.replace("in x", "in x + x"))[1] == {"wrong_calls"}
    assert graded(desk, solution.replace("objective(p)", "objective(p + 0.25 * (p == 0))"))[1] == {"wrong_calls"}


def test_effects_are_looked_at() -> None:
    grade = 'random_state = true\noperators = { forbid = ["cdist"], max = { mul = 1 } }'
    desk = Desk(function("def f(x):\n    return x * 2\n", MAKE, "x", grade=grade))
    assert graded(desk, "def f(x):\n    return x * 2\n")[0] == "accepted"
    assert graded(desk, "def f(x):\n    torch.rand(1)\n    return x * 2\n")[1] == {"random_state_changed"}
    assert graded(desk, "def f(x):\n    return x * 4 * 0.5\n")[1] == {"too_many_operations"}


def test_a_backward_pass_that_doubles_has_piled_up() -> None:
    solution = "def f(x):\n    return (x ** 2)\n"
    made = "def make(rng, k):\n    return {'x': torch.randn(k, generator=rng).requires_grad_()}\n"
    desk = Desk(function(solution, made, "x", grade='gradients = ["x"]'))
    doubled = (
        "class Twice(torch.autograd.Function):\n"
        "    @staticmethod\n    def forward(ctx, x):\n        return x.clone()\n"
        "    @staticmethod\n    def backward(ctx, g):\n        return 3 * g\n"
        "def f(x):\n    return Twice.apply(x ** 2)\n"
    )
    assert graded(desk, doubled)[1] == {"accumulated_gradient"}


def test_no_gradient_is_as_good_as_a_gradient_of_zeros() -> None:
    leaf = "torch.ones(k, requires_grad=True)"
    made = f"def make(rng, k):\n    return {{'x': {leaf}, 'y': {leaf}}}\n"
    grade = 'gradients = ["x", "y"]'
    desk = Desk(function("def f(x, y):\n    return x + 0 * y\n", made, "x, y", grade=grade))
    assert graded(desk, "def f(x, y):\n    return x + 0\n")[0] == "accepted"
    desk = Desk(function("def f(x, y):\n    return x + 0\n", made, "x, y", grade=grade))
    assert graded(desk, "def f(x, y):\n    return x + 0 * y\n")[0] == "accepted"
    assert graded(desk, "def f(x, y):\n    return x + y - 1\n")[1] == {"wrong_gradient"}


def offline(files: dict[str, bytes], expected: dict[str, Any]) -> Desk:
    public = {name: data for name, data in files.items() if not name.startswith("reference/")}
    return Desk({**public, "expected.json": json.dumps(expected, allow_nan=False).encode()})


def test_without_a_reference_public_cases_are_judged_by_what_was_written_down() -> None:
    desk = offline(nll(), Desk(nll()).expected()["cases"])
    report = desk.grade(NLL_SOLUTION)
    assert [case["verdict"] for case in report["cases"]] == ["accepted", "accepted", "skipped", "skipped", "skipped"]
    assert (report["verdict"], report["score"], report["max_score"]) == ("accepted", 2.0, 2.0)
    wrong = desk.grade(NLL_SOLUTION.replace("* var_ * n)", "* var_)"))
    assert wrong["cases"][0]["diagnosis"] == "sum_for_mean"


def test_without_a_reference_a_public_case_that_needs_a_check_is_skipped() -> None:
    check = "def holds(case):\n    return None\n"
    files = function("def f(x):\n    return x\n", MAKE, "x", grade='checks = ["holds"]', reference__check=check)
    report = offline(files, Desk(files).expected()["cases"]).grade("def f(x):\n    return x\n")
    assert report["verdict"] == "skipped"
    assert "reference solution" in report["cases"][0]["message"]


def test_expected_values_that_cannot_be_read_are_the_authors_fault() -> None:
    fault = offline(nll(), {"three samples": [1]}).opened
    assert (fault["op"], fault["where"]) == ("author_fault", "expected.json")


def test_an_author_who_knows_the_mistake_is_heard_before_the_plain_difference() -> None:
    check = (
        "from grader.author import Fail\ndef known(case):\n    return Fail('wrong_value', 'Every epoch begins anew.')\n"
    )
    solution = "def f(x):\n    return x * 2\n"
    desk = Desk(function(solution, MAKE, "x", grade='checks = ["known"]', reference__check=check))
    case = desk.grade("def f(x):\n    return x * 2 + x ** 2\n")["cases"][0]
    assert "Every epoch begins anew." in case["message"]
    assert case["details"]["worst"] is not None
