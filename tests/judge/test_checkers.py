"""The other helpers of check.py."""

from __future__ import annotations

import torch

from grader.author import CaseView, Fail
from grader.judge.checkers.closeness import close, exact
from grader.judge.checkers.gradient import central_differences, gradient_of, gradient_of_values
from grader.judge.checkers.properties import batch_independent, equivariant, falls, invariant, linear, reproducible
from grader.judge.checkers.structure import has_parameters, is_detached, is_leaf_with_gradient, is_on
from grader.vocab import Diagnosis

CASE = CaseView("c", {}, {}, {}, {}, rtol={"float32": 1e-4, "float64": 1e-7}, atol={"float32": 0.0, "float64": 1e-9})
X = torch.tensor([1.0, 2.0, 3.0])


def word(fail: Fail | None) -> Diagnosis | None:
    return fail.diagnosis if fail is not None else None


def test_closeness_follows_the_tolerance_of_the_question() -> None:
    assert close(CASE, X * (1 + 1e-5), X, "The result") is None
    assert word(close(CASE, X * 1.01, X, "The result")) is Diagnosis.WRONG_VALUE
    assert word(close(CASE, X[:2], X, "The result")) is Diagnosis.WRONG_SHAPE
    assert close(CASE, X[:0], X[:0], "The result") is None
    assert exact(X, X.clone(), "The result") is None
    assert exact(X, X.double(), "The result") is not None


def test_leaves_flags_and_devices_are_told() -> None:
    leaf = torch.ones(2, requires_grad=True)
    assert is_leaf_with_gradient(leaf, "w") is None
    assert word(is_leaf_with_gradient(leaf * 1, "w")) is Diagnosis.STILL_ATTACHED
    assert word(is_leaf_with_gradient(X, "w")) is Diagnosis.MISSING_GRADIENT
    assert is_detached(X, "w") is None
    assert word(is_detached(leaf * 1, "w")) is Diagnosis.STILL_ATTACHED
    assert is_on(X, torch.device("cpu"), "w") is None
    assert word(is_on(X, torch.device("meta"), "w")) is Diagnosis.WRONG_DEVICE


def test_parameters_are_told_by_name_shape_and_flag() -> None:
    weight = torch.ones(2, 3, requires_grad=True)
    assert has_parameters({"W": weight}, {"W": (2, 3)}) is None
    assert word(has_parameters({}, {"W": (2, 3)})) is Diagnosis.NOT_REGISTERED
    assert word(has_parameters({"W": weight}, {"W": (3, 2)})) is Diagnosis.WRONG_SHAPE
    assert word(has_parameters({"W": weight.detach()}, {"W": (2, 3)})) is Diagnosis.WRONG_STATE
    assert word(has_parameters({"W": weight, "V": weight}, {"W": (2, 3)})) is Diagnosis.WRONG_STATE


def test_a_gradient_is_checked_against_differences_of_values() -> None:
    x = torch.tensor([0.5, -1.0], dtype=torch.float64)
    assert torch.allclose(central_differences(torch.exp, x), x.exp(), rtol=1e-6)
    assert gradient_of(torch.exp, x, x.exp(), "The gradient") is None
    assert word(gradient_of(torch.exp, x, torch.ones(2), "The gradient")) is Diagnosis.WRONG_GRADIENT
    assert word(gradient_of(torch.exp, x, torch.ones(3), "The gradient")) is Diagnosis.WRONG_SHAPE
    above, below = (x + 1e-6).exp(), (x - 1e-6).exp()
    assert gradient_of_values(above, below, 1e-6, x.exp(), "The gradient") is None


def test_relations_between_results_are_told() -> None:
    order = torch.tensor([2, 0, 1])
    assert equivariant(CASE, X, X[order], order) is None
    assert equivariant(CASE, X, X, order) is not None
    assert batch_independent(CASE, X, [X[0], X[1], X[2]]) is None
    assert batch_independent(CASE, X, [X[0], X[0], X[2]]) is not None
    assert invariant(CASE, X, X.clone(), "a shift") is None
    assert invariant(CASE, X, X + 1, "a shift") is not None
    assert linear(CASE, X + X, X, X) is None
    assert linear(CASE, X + X + 1, X, X) is not None
    assert reproducible(X, X.clone(), X + 1) is None
    assert word(reproducible(X, X + 1)) is Diagnosis.NOT_REPRODUCIBLE
    assert word(reproducible(X, X, X)) is Diagnosis.REPEATED_DRAW
    assert falls([3.0, 1.0], below=2.0) is None
    assert falls([3.0, 1.0], below=0.5) is not None
    assert falls([1.0, 3.0]) is not None
    assert falls([1.0, float("nan")]) is not None
