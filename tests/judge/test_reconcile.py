"""What several cases tell together."""

from __future__ import annotations

from typing import Any

import torch

from grader.judge.reconcile import Evidence, reconcile
from grader.vocab import Diagnosis
from tests.judge.wire_values import finding, wire


def evidence(name: str, expected: Any, given: Any, **inputs: Any) -> Evidence:
    return Evidence(name, wire(expected), wire(given), finding(expected, given, **inputs))


def readings(*items: Evidence) -> dict[str, Diagnosis]:
    return {name: found.diagnosis for name, found in reconcile(list(items)).items()}


def test_a_factor_of_two_that_follows_the_size_is_a_sum_for_a_mean() -> None:
    two = evidence("two", torch.tensor(1.3), torch.tensor(2.6), x=torch.tensor([1.0, 1.6]))
    five = evidence("five", torch.tensor(1.7), torch.tensor(8.5), x=torch.ones(5))
    assert two.finding is not None
    assert two.finding.diagnosis is Diagnosis.CONSTANT_FACTOR
    assert readings(two, five)["two"] is Diagnosis.SUM_FOR_MEAN


def test_a_factor_that_stays_when_sizes_change_is_constant() -> None:
    three = evidence("three", torch.tensor(1.3), torch.tensor(3.9), x=torch.ones(3))
    five = evidence("five", torch.tensor(1.7), torch.tensor(5.1), x=torch.ones(5))
    assert three.finding is not None
    assert three.finding.diagnosis is Diagnosis.SUM_FOR_MEAN
    assert set(readings(three, five).values()) == {Diagnosis.CONSTANT_FACTOR}


def test_a_factor_that_is_another_one_in_every_case_is_none() -> None:
    first = evidence("first", torch.tensor([1.0, 2.0]), torch.tensor([1.7, 3.4]))
    second = evidence("second", torch.tensor([1.0, 3.0]), torch.tensor([0.31, 0.93]))
    assert set(readings(first, second).values()) == {Diagnosis.WRONG_VALUE}


def test_the_same_answer_everywhere_is_told_also_where_it_happens_to_be_right() -> None:
    items = [evidence("a", True, True), evidence("b", False, True), evidence("c", False, True)]
    assert readings(*items) == {"b": Diagnosis.CONSTANT_ANSWER, "c": Diagnosis.CONSTANT_ANSWER}


def test_zeros_of_every_shape_are_one_answer() -> None:
    items = [evidence(str(n), torch.arange(n) + 1.0, torch.zeros(n)) for n in (2, 3)]
    assert set(readings(*items).values()) == {Diagnosis.CONSTANT_ANSWER}


def test_different_answers_are_not_constant() -> None:
    items = [evidence("a", 1.0, 7.31), evidence("b", 2.0, 7.32)]
    assert readings(*items) == {}


def test_more_dimensions_than_numpy_iterates_over_are_no_numbers() -> None:
    deep: Any = torch.zeros((1,) * 16)
    for _ in range(20):
        deep = [deep]
    first = evidence("first", torch.tensor(1.0), deep)
    second = evidence("second", torch.tensor(2.0), deep)
    assert set(readings(first, second)) <= {"first", "second"}
