"""Right answers in any container or precision of their own are right; wrong ones are not."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch

from grader.vocab import Diagnosis
from tests.judge.wire_values import diagnosis, finding

X = torch.tensor([1.0, 2.0, 3.0])


@pytest.mark.parametrize(
    ("expected", "given"),
    [
        (X, X.clone()),
        (X, [1.0, 2.0, 3.0]),
        (X, [1, 2, 3]),
        (X, (1.0, 2.0, 3.0)),
        (X, np.array([1, 2, 3], dtype=np.float32)),
        (X, [torch.tensor(1.0), torch.tensor(2.0), torch.tensor(3.0)]),
        (X, [X[0], 2.0, X[2]]),
        ((X[0], X[1].double()), [X[0], X[1].double()]),
        ((X[0], X[1].double()), (1.0, 2.0)),
        (X, torch.nn.Parameter(X.clone())),
        (torch.tensor(2.0), 2.0),
        (torch.tensor(2.0), 2),
        (torch.tensor(2.0), np.float64(2.0)),
        (2.0, torch.tensor(2.0)),
        (2.0, torch.tensor(2.0, dtype=torch.float64)),
        (2.0, np.float32(2.0)),
        (2.0, np.array(2.0)),
        (2, np.int64(2)),
        (2, torch.tensor(2)),
        (True, np.bool_(True)),
        (True, torch.tensor(True)),
        ((X, X), [X, X]),
        ((X, X), torch.stack([X, X])),
        ([1.0, 2.0], X[:2]),
        ([1.0, 2.0], np.array([1.0, 2.0])),
        ([1, 2], (1, 2)),
        ([], torch.empty(0)),
        (["a", "b"], ("a", "b")),
        ({"a": X, "b": 1.0}, {"b": torch.tensor(1.0), "a": [1.0, 2.0, 3.0]}),
        (None, None),
        ("text", "text"),
        (torch.tensor([float("nan"), float("inf")]), torch.tensor([float("nan"), float("inf")])),
        (float("nan"), float("nan")),
    ],
)
def test_a_right_answer_is_right_in_any_container(expected: Any, given: Any) -> None:
    assert diagnosis(expected, given) is None


@pytest.mark.parametrize(
    ("expected", "given", "word"),
    [
        (X, None, Diagnosis.NONE_RETURNED),
        (X, "text", Diagnosis.WRONG_TYPE),
        (X, {"a": 1}, Diagnosis.WRONG_TYPE),
        (X, object(), Diagnosis.WRONG_TYPE),
        (2, 2.0, Diagnosis.WRONG_DTYPE),
        (2, True, Diagnosis.WRONG_DTYPE),
        (True, 1, Diagnosis.WRONG_DTYPE),
        (X, torch.tensor([1, 2, 3]), Diagnosis.WRONG_DTYPE),
        (X, X.double(), Diagnosis.WRONG_DTYPE),
        (X.double(), X, Diagnosis.WRONG_DTYPE),
        ((X[0], X[1]), (X[0], X[1].double()), Diagnosis.WRONG_DTYPE),
        (X, [X[0], X[1].double(), X[2]], Diagnosis.WRONG_DTYPE),
        (X, X[:2], Diagnosis.WRONG_SHAPE),
        (X, X[:, None], Diagnosis.WRONG_SHAPE),
        (torch.tensor(2.0), torch.tensor([2.0]), Diagnosis.WRONG_SHAPE),
        ((X, 1.0), (X,), Diagnosis.WRONG_LENGTH),
        ((X, 1.0), X, Diagnosis.WRONG_TYPE),
        ({"a": 1.0}, {"b": 1.0}, Diagnosis.MISSING_KEY),
        ({"a": 1.0}, {"a": 1.0, "b": 1.0}, Diagnosis.MISSING_KEY),
        (["a", "b"], ["a", "c"], Diagnosis.WRONG_VALUE),
        (None, 1.0, Diagnosis.WRONG_TYPE),
        ("text", "other", Diagnosis.WRONG_VALUE),
    ],
)
def test_what_is_not_the_same_is_told_by_its_kind(expected: Any, given: Any, word: Diagnosis) -> None:
    assert diagnosis(expected, given) is word


def test_switches_insist_on_a_container() -> None:
    exact = {"container": "exact"}
    assert diagnosis(X, [1.0, 2.0, 3.0], exact) is Diagnosis.WRONG_TYPE
    assert diagnosis(X, X, exact) is None
    assert diagnosis((X, X), [X, X], exact) is None
    assert diagnosis(2.0, np.float64(2.0), exact) is None
    assert diagnosis([1.0, 2.0], X[:2], exact) is Diagnosis.WRONG_TYPE


def test_switches_insist_on_the_kind_of_a_scalar() -> None:
    assert diagnosis(torch.tensor(2.0), 2.0, {"scalar": "tensor"}) is Diagnosis.WRONG_TYPE
    assert diagnosis(torch.tensor(2.0), torch.tensor(2.0), {"scalar": "tensor"}) is None
    assert diagnosis(2.0, torch.tensor(2.0), {"scalar": "number"}) is Diagnosis.WRONG_TYPE
    assert diagnosis(2.0, np.float32(2.0), {"scalar": "number"}) is None
    assert diagnosis([1.0, 2.0], [torch.tensor(1.0), 2.0], {"scalar": "number"}) is Diagnosis.WRONG_TYPE


def test_switches_loosen_dtype_and_shape() -> None:
    assert diagnosis(X, X.double(), {"dtype": "kind"}) is None
    assert diagnosis(X, torch.tensor([1, 2, 3]), {"dtype": "kind"}) is Diagnosis.WRONG_DTYPE
    assert diagnosis(X, torch.tensor([1, 2, 3]), {"dtype": "any"}) is None
    assert diagnosis(X, X[None, :, None], {"shape": "squeeze"}) is None
    assert diagnosis(X, X[:2], {"shape": "squeeze"}) is Diagnosis.WRONG_SHAPE


def test_rounding_of_the_precision_at_hand_is_right_and_more_is_not() -> None:
    assert diagnosis(X, X * (1 + 5e-5)) is None
    assert diagnosis(X, X * (1 + 5e-4)) is not None
    wide = X.double()
    assert diagnosis(wide, wide * (1 + 5e-8)) is None
    assert diagnosis(wide, wide * (1 + 5e-7)) is not None


def test_small_entries_are_judged_beside_the_largest_one() -> None:
    expected = torch.tensor([1000.0, 0.001])
    assert diagnosis(expected, torch.tensor([1000.0, 0.002])) is None
    assert diagnosis(torch.tensor([0.001, 0.001]), torch.tensor([0.001, 0.002])) is not None


def test_a_loss_below_the_accuracy_of_single_precision_may_come_out_as_zero() -> None:
    assert diagnosis(torch.tensor(1.5e-8), torch.tensor(0.0)) is None
    assert diagnosis(torch.tensor(0.0), torch.tensor(1.5e-8)) is None


def test_python_numbers_are_as_precise_as_the_inputs_they_come_from() -> None:
    assert diagnosis(1.0, 1.0 + 1e-5, x=X) is None
    assert diagnosis(1.0, 1.0 + 1e-5, x=X.double()) is not None
    assert diagnosis(1.0, 1.0 + 1e-5) is not None
    assert diagnosis(18.00000001522998, torch.tensor(18.0)) is None


def test_integers_are_exact_whatever_their_size() -> None:
    large = torch.tensor([2**60])
    assert diagnosis(large, large + 1) is not None
    assert diagnosis(2**60, 2**60 + 1) is not None
    assert diagnosis(1, 10**400) is not None


def test_the_worst_entry_tells_both_values_and_the_error() -> None:
    found = finding(torch.tensor([[1.0, 2.0], [3.0, 4.0]]), torch.tensor([[1.0, 2.5], [3.0, 4.1]]))
    assert found is not None
    assert found.worst is not None
    assert found.worst.index == (0, 1)
    assert (found.worst.expected, found.worst.given) == ("2.0", "2.5")
    assert found.worst.abs_error == pytest.approx(0.5)
    assert found.worst.rel_error == pytest.approx(0.25)
    assert found.said.id == "values"


def test_a_tensor_on_another_device_is_told() -> None:
    assert diagnosis(torch.empty(3, device="meta"), torch.empty(3)) is Diagnosis.WRONG_DEVICE
    assert diagnosis(torch.empty(3, device="meta"), torch.empty(4, device="meta")) is Diagnosis.WRONG_SHAPE
    assert diagnosis(torch.empty(3, device="meta"), torch.empty(3, device="meta")) is None
