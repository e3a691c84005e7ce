"""Questions that judge random draws: right solutions pass again and again, typical mistakes never do.

The false-alarm rates that the questions state are bounds that were proven; here they are put to the test. As often as
10,000 times takes an hour a question: `GRADER_DRAWS=10000 ./dev test tests/questions/test_statistics.py` does it.
What runs without that variable takes about half a minute of processor time each, and has the same seeds in every run.
"""

from __future__ import annotations

import itertools
import os
import random
from collections.abc import Iterator

import pytest

from grader.pipeline.batch import grade_sources
from grader.sandbox.choose import open_sandbox
from grader.sandbox.interface import Sandbox
from grader.spec import Question, samples_of
from grader.vocab import Verdict
from tests.questions.bank import BANK

REPEATS = {
    "infr10086/tutorial3/make_linear": 1000,
    "infr10086/tutorial3/sample_gaussian": 200,
    "comp0087/pytorch_intro/linear_module": 800,
    "comp0087/pytorch_intro/random_search": 300,
    "comp0087/pytorch_intro/train_dev_test_split": 400,
    "cs5242/tutorial2/init_parameters": 400,
    "cs5242/tutorial2/make_inputs": 100,
    "cs5242/tutorial2/make_true_parameters": 120,
    "cs5242/tutorial2/fit_linear_regression": 200,
    "cs5242/tutorial2/fit_logistic_regression": 60,
}
REPEATS_OF_MISTAKES = 12


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with open_sandbox("local", lanes=2) as opened:
        yield opened


def verdicts(question: Question, sources: list[tuple[str, bytes]], sandbox: Sandbox) -> list[tuple[str, Verdict]]:
    """Every one with a seed of its own; fresh ones where they are asked for."""
    draw = random.Random(question.id)
    seeds = None if "GRADER_DRAWS" in os.environ else iter(lambda: draw.getrandbits(63), None)
    graded = grade_sources(question, sources, sandbox=sandbox, seeds=seeds, explain=False)
    return [(f"{name} with seed {report.provenance.seed}", report.verdict) for name, report in graded]


@pytest.mark.parametrize("question_id", REPEATS)
def test_right_solutions_pass_every_time(question_id: str, sandbox: Sandbox) -> None:
    question = BANK.get(question_id)
    right = [(sample.path, sample.source) for sample in samples_of(question.files) if sample.is_right]
    repeats = int(os.environ.get("GRADER_DRAWS", "0")) or REPEATS[question_id]
    found = verdicts(question, list(itertools.islice(itertools.cycle(right), repeats)), sandbox)
    assert len(found) == repeats
    assert [name for name, verdict in found if verdict is not Verdict.ACCEPTED] == []


@pytest.mark.parametrize("question_id", REPEATS)
def test_mistakes_never_pass_by_luck(question_id: str, sandbox: Sandbox) -> None:
    question = BANK.get(question_id)
    wrong = [(sample.path, sample.source) for sample in samples_of(question.files) if not sample.is_right]
    found = verdicts(question, wrong * REPEATS_OF_MISTAKES, sandbox)
    assert [name for name, verdict in found if verdict is Verdict.ACCEPTED] == []
