"""Whatever comes back from a submission's process, the end is a report about it, never a failure of ours."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, cast

import msgspec
import pytest

from grader.harness.student import StudentChild
from grader.judge.again import TIMES
from grader.judge.conversation import Conversation, Order
from grader.judge.open_question import OpenQuestion
from grader.judge.shrink import MOST_CALLS
from grader.pipeline.conversation import Decided
from grader.spec.bank import Bank
from grader.spec.question import SOLUTION_FILE
from grader.vocab import Verdict
from grader.wire import DEFAULT_BOUNDS, Value, WireError, decode, encode
from tests.judge.strange_answers import strange, with_tensors_of, without_numbers

ROOT = Path(__file__).parents[2]
QUESTIONS = (
    "comp0087/pytorch_intro/linear_module",
    "comp0087/pytorch_intro/random_search",
    "comp90051/workshop6/logistic_regression",
    "cs5242/tutorial2/fit_linear_regression",
    "cs5242/tutorial2/init_parameters",
    "infr10086/tutorial3/fit_gaussian_mean",
    "infr10086/tutorial3/neg_log_likelihood",
    "infr10086/tutorial3/sample_gaussian",
    "infr10086/tutorial3/train_linear",
)
ROUNDS = 8  # of each question; many more were tried when this was written
NO_NUMBERS = {"on the meta device"}


@cache
def opened(name: str) -> OpenQuestion:
    return OpenQuestion(dict(Bank(ROOT / "tasks", ROOT / "reference").get(name).files), "cpu")


Change = Callable[[list[Value]], list[Value]]


@dataclass
class RightButFor:
    """A process that runs the reference solution and sends what `change` makes of its observations."""

    question: OpenQuestion
    change: Change
    calls: int = 0
    child: StudentChild = field(default_factory=StudentChild)

    def grade(self) -> Decided:
        """The report, read as the worker reads it. Raises AuthorFault."""
        said: deque[dict[str, Any]] = deque()
        order = Order(self.question.files[SOLUTION_FILE], seed=5)
        conversation = Conversation(self.question, order, DEFAULT_BOUNDS, said.append)
        conversation.begin()
        while True:
            match said.popleft():
                case {"op": "load", "payload": bytes(payload)}:
                    conversation.receive({"op": "loaded", "payload": self.child.answer(payload)})
                case {"op": "call", "id": int(number), "payload": bytes(payload)}:
                    answer = self._answer(payload)
                    conversation.receive({"op": "answer", "id": number, "payload": answer, "wall_s": 0.001})
                case {"op": "report", "report": dict(report)}:
                    return msgspec.convert(decode(encode(report)), Decided)

    def _answer(self, payload: bytes) -> bytes:
        self.calls += 1
        answer = cast("dict[str, Any]", decode(self.child.answer(payload)))
        try:
            return encode({**answer, "observed": self.change(answer["observed"])})
        except WireError:
            return encode(answer)  # what cannot be sent, nobody sends


def some_replaced(random: Random) -> Change:
    return lambda observed: [strange(value, random) if random.random() < 0.6 else value for value in observed]


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_strange_answer_is_a_verdict_on_the_submission(name: str) -> None:
    question = opened(name)
    for seed in range(ROUNDS):
        process = RightButFor(question, some_replaced(Random(seed)))
        report = process.grade()
        assert report.verdict is not Verdict.JUDGE_ERROR, seed
        # Each case once, twice more where chance may have failed it, and once more for the signature of the mistake.
        assert process.calls <= (2 + TIMES) * len(question.spec.cases) + 1 + MOST_CALLS, seed


@pytest.mark.parametrize("name", QUESTIONS)
def test_nan_in_place_of_every_number_gains_nothing(name: str) -> None:
    report = RightButFor(opened(name), lambda observed: [without_numbers(value) for value in observed]).grade()
    assert {case.name for case in report.cases if case.points} <= NO_NUMBERS


@pytest.mark.parametrize("name", QUESTIONS)
@pytest.mark.parametrize("number", [3e38, 1e160, 1e308, -1e-320, math.inf])
def test_numbers_at_the_ends_of_a_dtype_are_a_verdict_on_the_submission(name: str, number: float) -> None:
    report = RightButFor(opened(name), lambda observed: [with_tensors_of(value, number) for value in observed]).grade()
    assert report.verdict is not Verdict.JUDGE_ERROR


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_answers_that_are_made_strange_are_right(name: str) -> None:
    report = RightButFor(opened(name), lambda observed: observed).grade()
    assert report.verdict is Verdict.ACCEPTED
