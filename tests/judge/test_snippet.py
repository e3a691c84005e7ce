"""Counterexamples are Python that gives the inputs again, to the last bit."""

from __future__ import annotations

from typing import Any

import pytest
import torch

from grader.harness.build import build
from grader.harness.describe import describe
from grader.judge.snippet import literal
from tests.judge.driver import Desk
from tests.judge.questions import function


@pytest.mark.parametrize(
    "value",
    [
        torch.tensor([[0.1, -2.5], [1e-20, 3e20]]),
        torch.tensor([0.1, float("nan"), float("inf"), -float("inf")], dtype=torch.float64),
        torch.tensor(3),
        torch.tensor([True, False]),
        torch.tensor([1, 2], dtype=torch.int32),
        torch.empty(0, 3),
        torch.tensor([1.5], requires_grad=True),
        [1, 2.5, "text", None, True],
        (torch.tensor(1.0),),
        {"a": [1.0], 2: "b"},
        float("inf"),
        torch.float64,
        torch.device("cpu"),
    ],
)
def test_a_literal_makes_the_same_value_again(value: Any) -> None:
    again = eval(literal(describe(value)), {"torch": torch})
    assert repr(again) == repr(value)
    if isinstance(value, torch.Tensor):
        assert again.dtype == value.dtype
        assert again.requires_grad == value.requires_grad
        assert torch.equal(again.nan_to_num(), value.nan_to_num())


def test_a_module_is_made_again_with_its_parameters() -> None:
    made = """
def make(rng, k):
    torch.manual_seed(k)
    return {'layer': torch.nn.Sequential(torch.nn.Linear(k, 2), torch.nn.Tanh()).eval(), 'x': torch.ones(k)}
"""
    desk = Desk(function("def f(layer, x):\n    return layer(x)\n", made, "layer, x"))
    report = desk.grade("def f(layer, x):\n    return layer(x).exp()\n")
    text = report["cases"][0]["details"]["counterexample"]
    names: dict[str, Any] = {"f": lambda layer, x: layer(x)}
    exec(text, names)
    torch.manual_seed(4)
    expected = torch.nn.Sequential(torch.nn.Linear(4, 2), torch.nn.Tanh())(torch.ones(4))
    assert torch.allclose(names["result"], expected)
    assert not names["layer"].training


def test_nobody_is_shown_a_thousand_numbers() -> None:
    made = "def make(rng, k):\n    return {'x': torch.rand(1000, generator=rng)}\n"
    report = Desk(function("def f(x):\n    return x + 1\n", made, "x")).grade("def f(x):\n    return x\n")
    assert report["cases"][0]["details"]["counterexample"] is None


def test_what_is_built_from_a_description_is_what_was_described() -> None:
    value = {"x": torch.tensor([1.0], requires_grad=True)}
    assert torch.equal(build(describe(value))["x"], value["x"])
