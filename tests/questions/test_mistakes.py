"""Clusters of mistakes do harm where they are wrong: ten questions of the bank, with all their wrong samples.

Different mistakes have different signatures, and a copy with other names and another layout has that of its original,
whatever inputs it met.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from grader.pipeline.batch import grade_sources
from grader.pipeline.order import RunReport
from grader.sandbox.choose import open_sandbox
from grader.sandbox.interface import Sandbox
from grader.spec import Sample, samples_of
from tests.judge.renaming import renamed
from tests.questions.bank import BANK

# Samples of a question that no answer tells apart, with the reason.
ALIKE: dict[str, dict[frozenset[str], str]] = {
    "comp0087/pytorch_intro/central_difference": {},
    "comp0087/pytorch_intro/chain_rule": {},
    "comp0087/pytorch_intro/hinge_loss": {},
    "comp0087/pytorch_intro/least_squares": {},
    "comp90051/workshop6/sign": {},
    "comp90051/workshop6/two_layer_gradients": {},
    "cs5242/tutorial2/linear_forward": {
        frozenset({"wrong_detached.py", "wrong_no_grad.py"}): "the same values without a graph",
    },
    "cs5242/tutorial2/squared_error": {
        frozenset({"wrong_mean.py", "wrong_mse_loss.py"}): "the mean, written out and by torch",
    },
    "infr10086/tutorial3/neg_log_likelihood": {},
    "infr10086/tutorial3/softmax_probability": {
        frozenset({"wrong_index.py", "wrong_other_class.py"}): "the probability of the other class, found in two ways",
    },
}


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with open_sandbox("local", lanes=2) as opened:
        yield opened


def wrong_samples(question_id: str) -> list[Sample]:
    return [sample for sample in samples_of(BANK.get(question_id).files) if not sample.is_right]


def graded(sandbox: Sandbox, question_id: str, sources: dict[str, bytes], seed: int) -> dict[str, RunReport]:
    return dict(grade_sources(BANK.get(question_id), sources.items(), sandbox=sandbox, seed=seed))


def test_the_ten_questions_are_of_all_four_tutorials() -> None:
    assert len(ALIKE) == 10
    assert len({question_id.rpartition("/")[0] for question_id in ALIKE}) == 4
    assert sum(len(wrong_samples(question_id)) for question_id in ALIKE) >= 140


@pytest.mark.parametrize("question_id", ALIKE)
def test_different_mistakes_share_no_signature_and_copies_of_one_do(sandbox: Sandbox, question_id: str) -> None:
    samples = {sample.path.rpartition("/")[2]: sample.source for sample in wrong_samples(question_id)}
    copies = {name: renamed(source) for name, source in samples.items()}
    assert all(copies[name] != source for name, source in samples.items())
    own = {name: report.mistake for name, report in graded(sandbox, question_id, samples, seed=21).items()}
    copied = {name: report.mistake for name, report in graded(sandbox, question_id, copies, seed=22).items()}
    assert {name: (own[name], copied[name]) for name in own if own[name] != copied[name]} == {}
    together: dict[str, set[str]] = {}
    for name, mistake in own.items():
        if mistake is not None:
            together.setdefault(mistake, set()).add(name)
    assert {frozenset(names) for names in together.values() if len(names) > 1} == set(ALIKE[question_id])
