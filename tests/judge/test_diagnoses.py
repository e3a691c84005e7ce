"""Each diagnosis fires on its mistake, and keeps quiet on right answers and on other mistakes."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.harness.convert import to_wire
from grader.judge.graph import compare_gradients
from grader.judge.scene import Scene
from grader.vocab import Diagnosis
from grader.wire import Tagged
from tests.judge.wire_values import diagnosis, finding

GENERATOR = torch.Generator().manual_seed(3)


def randn(*shape: int, dtype: torch.dtype = torch.float32) -> torch.Tensor:
    return torch.randn(*shape, generator=GENERATOR, dtype=dtype)


E3, E34, E44 = randn(3), randn(3, 4), randn(4, 4)
SAMPLES = randn(5, 3)
LOSSES = [2.0, 1.5, 1.2, 1.1, 1.05]
NAN, INF = float("nan"), float("inf")


@pytest.mark.parametrize(
    ("expected", "given", "inputs", "word"),
    [
        (E34, E34.T.contiguous(), {}, Diagnosis.TRANSPOSED),
        (E44, E44.T.contiguous(), {}, Diagnosis.TRANSPOSED),
        (E3, -E3, {}, Diagnosis.SIGN),
        (E3, 2 * E3, {}, Diagnosis.CONSTANT_FACTOR),
        (E3, 0.5 * E3, {}, Diagnosis.CONSTANT_FACTOR),
        (E3, E3 / 2**0.5, {}, Diagnosis.CONSTANT_FACTOR),
        (torch.tensor(0.731), torch.tensor(1.462), {}, Diagnosis.CONSTANT_FACTOR),
        (E3, 5 * E3, {"x": SAMPLES}, Diagnosis.SUM_FOR_MEAN),
        (E3, E3 / 5, {"x": SAMPLES}, Diagnosis.MEAN_FOR_SUM),
        (torch.tensor(3.7), torch.tensor(3.7 / 15), {"x": SAMPLES}, Diagnosis.MEAN_FOR_SUM),
        (E3, E3 * 4 / 5, {"x": SAMPLES}, Diagnosis.BIASED_VARIANCE),
        (E3, torch.zeros(3), {"w": torch.zeros(3)}, Diagnosis.WRONG_VALUE),
        (E3.double(), E3.double() * (1 + 1e-5), {}, Diagnosis.WRONG_VALUE),
        (E3, E3 * 2 / 3, {"repeats": 3}, Diagnosis.CONSTANT_FACTOR),
        (E3, E3 + 1.5, {}, Diagnosis.CONSTANT_OFFSET),
        (E3.abs() + 2, (E3.abs() + 2) ** 2, {}, Diagnosis.SQUARED),
        (E3.abs() + 2, (E3.abs() + 2) ** 0.5, {}, Diagnosis.NOT_SQUARED),
        (E34, E34.flip(0), {}, Diagnosis.PERMUTED),
        (E3, SAMPLES[0], {"x": SAMPLES[0]}, Diagnosis.INPUT_RETURNED),
        (SAMPLES.sum(0), SAMPLES.sum(1), {"x": SAMPLES}, Diagnosis.WRONG_AXIS),
        (SAMPLES.mean(0), SAMPLES.mean(), {"x": SAMPLES}, Diagnosis.WRONG_AXIS),
        (SAMPLES[:3].mean(0), SAMPLES[:3].mean(1), {"x": SAMPLES[:3]}, Diagnosis.WRONG_AXIS),
        (SAMPLES.mean(0), SAMPLES.mean().expand(3).clone(), {"x": SAMPLES}, Diagnosis.WRONG_AXIS),
        (E3, E3[:, None] - E3, {}, Diagnosis.BROADCAST),
        ((E3, E34), (E34, E3), {}, Diagnosis.SWAPPED),
        ((E3, 2 * E3, 3 * E3), (2 * E3, 3 * E3, E3), {}, Diagnosis.SWAPPED),
        (E3.double(), E3.double() * (1 + 4e-7), {}, Diagnosis.LOW_PRECISION),
        (E3, torch.tensor([NAN, 1.0, 1.0]), {}, Diagnosis.NOT_A_NUMBER),
        (E3, torch.tensor([INF, 1.0, 1.0]), {}, Diagnosis.INFINITE),
        (torch.tensor([INF]), torch.tensor([-INF]), {}, Diagnosis.INFINITE),
        (torch.tensor([NAN]), torch.tensor([0.0]), {}, Diagnosis.NOT_A_NUMBER),
        (LOSSES, [*LOSSES[1:], 1.01], {}, Diagnosis.TRACE_SHIFTED),
        (LOSSES, [2.5, *LOSSES[:-1]], {}, Diagnosis.TRACE_SHIFTED),
        (LOSSES, LOSSES[:-1], {}, Diagnosis.WRONG_TRACE_LENGTH),
        (LOSSES, [*LOSSES, 1.0], {}, Diagnosis.WRONG_TRACE_LENGTH),
        ([E3, E3, E3], [E3, 2 * E3, 3 * E3], {}, Diagnosis.ACCUMULATED_GRADIENT),
        (E3, torch.tensor([0.3, 9.0, -4.0]), {}, Diagnosis.WRONG_VALUE),
    ],
)
def test_a_mistake_gets_its_own_word(expected: Any, given: Any, inputs: dict[str, Any], word: Diagnosis) -> None:
    assert diagnosis(expected, given, **inputs) is word
    assert diagnosis(expected, expected, **inputs) is None


def test_a_loss_of_two_vectors_that_broadcast_is_recognised() -> None:
    y, y_hat = randn(6), randn(6)
    wrong = ((y_hat[:, None] - y) ** 2).mean()
    right = ((y_hat - y) ** 2).mean()
    assert diagnosis(right, wrong, y=y, y_hat=y_hat) is Diagnosis.BROADCAST
    assert diagnosis(right, right * 1.3, y=y, y_hat=y_hat) is not Diagnosis.BROADCAST


def test_a_factor_is_named() -> None:
    found = finding(E3, E3 / 3)
    assert found is not None
    assert "1/3 times" in found.said.public


def test_a_size_that_explains_a_factor_is_named() -> None:
    found = finding(E3, 5 * E3, x=SAMPLES)
    assert found is not None
    assert "the number of rows of `x`" in found.said.public
    assert "5" not in found.said.discreet


def test_words_for_hidden_cases_hold_no_numbers() -> None:
    for expected, given_ in ((E3, E3 * 1.7), (E3, E3 + 2), (E34, E34[:2]), (E3, -E3), (LOSSES, LOSSES[:2])):
        found = finding(expected, given_)
        assert found is not None
        assert not any(character.isdigit() for character in found.said.discreet)


def test_a_single_odd_factor_between_two_numbers_is_no_pattern() -> None:
    assert diagnosis(torch.tensor(0.731), torch.tensor(0.9437)) is Diagnosis.WRONG_VALUE


def test_counts_that_are_multiples_of_each_other_are_just_wrong() -> None:
    assert diagnosis(2, 6, x=SAMPLES) is Diagnosis.WRONG_VALUE


def test_a_trace_keeps_its_curve_for_a_picture() -> None:
    found = finding(LOSSES, [loss + 0.3 * index**2 for index, loss in enumerate(LOSSES)])
    assert found is not None
    assert found.curve is not None
    assert found.curve["expected"] == LOSSES


def test_a_wrong_part_is_named() -> None:
    found = finding((E3, {"w": 1.0}), (E3, {"w": 7.31}))
    assert found is not None
    assert "`[1]['w']`" in found.said.public
    assert "['w']" not in found.said.discreet


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.floats(-1e6, 1e6, width=32), min_size=1, max_size=6),
    st.lists(st.floats(width=32), min_size=1, max_size=6),
)
def test_any_two_answers_can_be_compared(expected: list[float], given: list[float]) -> None:
    first, second = torch.tensor(expected), torch.tensor(given)
    assert diagnosis(first, first, x=second) is None
    found = finding(first, second, x=second, y=first)
    if found is None:
        assert first.shape == second.shape
        assert torch.allclose(first, second, rtol=1.1e-4, atol=1.1e-5 * float(first.abs().max()) + 1e-6)


@pytest.mark.parametrize("grade", [{}, {"dtype": "kind"}, {"dtype": "any"}])
def test_the_answer_does_not_choose_its_own_tolerance(grade: dict[str, Any]) -> None:
    wrong = [loss * 1.003 for loss in LOSSES]
    x = randn(3)
    assert diagnosis(LOSSES, [torch.tensor(loss, dtype=torch.bfloat16) for loss in wrong], grade, x=x) is not None
    assert diagnosis(LOSSES, [np.float16(loss) for loss in wrong], grade, x=x) is not None
    assert diagnosis(E3, (E3 * 1.003).bfloat16(), grade, x=x) is not None
    assert diagnosis(E3.double(), E3.double().half(), grade, x=x.double()) is not None


def test_what_float32_inputs_give_in_float32_is_right_where_plain_numbers_are_expected() -> None:
    losses = [torch.tensor(loss * (1 + 2e-5)) for loss in LOSSES]
    assert diagnosis(LOSSES, losses, x=randn(3)) is None
    assert diagnosis(LOSSES, losses, x=randn(3, dtype=torch.float64)) is not None


def test_numbers_that_are_right_but_for_their_16_bits_are_called_so() -> None:
    assert diagnosis(
        LOSSES, [torch.tensor(loss).half() * 1.0 for loss in [2.001, 1.5, 1.2, 1.1, 1.05]], x=randn(3)
    ) is (Diagnosis.LOW_PRECISION)


def test_only_real_finite_traces_have_a_curve() -> None:
    shown = finding(LOSSES, [2.0, 1.5, 1.2, 1.1, NAN])
    assert shown is not None
    assert shown.curve is not None
    for given_ in ([2.0, 1.5, 1.2, 1.1, 1j], [2.0, 1.5, 1.2, 1.1, INF]):
        shown = finding(LOSSES, given_)
        assert shown is not None
        assert shown.curve is None


def test_no_result_is_not_called_a_result_without_a_graph() -> None:
    found = compare_gradients({"x": to_wire(torch.ones(2))}, Tagged("detached", {"type": "NoneType"}), Scene())
    assert found is not None
    assert found.diagnosis is Diagnosis.NONE_RETURNED
