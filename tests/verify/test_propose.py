"""Wrong samples that are proposed are wrong for different reasons, and get what they declare."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from grader.errors import AuthorFault
from grader.sandbox.choose import open_sandbox
from grader.sandbox.interface import Sandbox
from grader.spec import Question, load_question, samples_of
from grader.spec.draft import draft
from grader.spec.signature import parse_signature
from grader.verify.propose import MOST, declared, propose
from grader.verify.run import verify_question
from grader.verify.slips import slips_of

ENTRY = 'error(X: float["n d"], y: float["n"], w: float["d"])'
SOLUTION = b"def error(X, y, w):\n    residual = X @ w - y\n    return (residual * residual).mean()\n"
TENSORS = ["X", "y", "w"]


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with open_sandbox("local", lanes=2) as opened:
        yield opened


def question(solution: bytes = SOLUTION) -> Question:
    made = draft("course/tutorial/new", parse_signature(ENTRY), solution, gradients=["w"], pure=True)
    return load_question(made.files, made.question_id)


def test_proposed_samples_get_what_they_declare_and_differ_in_their_diagnoses(sandbox: Sandbox) -> None:
    asked = question()
    proposals = propose(asked, sandbox, TENSORS)
    with_samples = load_question({**asked.files, **proposals.samples}, asked.id)
    samples = samples_of(with_samples.files)
    assert 5 <= len(samples) <= MOST
    assert len({sample.diagnosis for sample in samples}) >= 5
    found = [
        finding for finding in verify_question(with_samples, sandbox, seeds=1).findings if finding.check == "samples"
    ]
    assert [finding.ok for finding in found] == [True], found
    assert {"sum_for_mean", "detached", "input_changed"} <= {str(sample.diagnosis) for sample in samples}


def test_a_hint_is_proposed_for_what_the_samples_get(sandbox: Sandbox) -> None:
    asked = question()
    proposals = propose(asked, sandbox, TENSORS)
    hinted = load_question(
        {**asked.files, "question.toml": asked.files["question.toml"] + proposals.hints().encode()}, asked.id
    )
    assert {hint.diagnosis for hint in hinted.spec.hints} <= set(proposals.diagnoses)
    assert len(hinted.spec.hints) >= 4


def test_mutants_that_no_case_catches_are_named(sandbox: Sandbox) -> None:
    uncaught = propose(question(), sandbox, TENSORS).uncaught
    assert "line 2: X @ w - y -> y - X @ w" in uncaught


def test_a_solution_that_fails_its_own_cases_is_told_to_its_author(sandbox: Sandbox) -> None:
    with pytest.raises(AuthorFault, match=r"solution\.py"):
        propose(question(b"def error(X, y, w):\n    return w @ X - y\n"), sandbox, TENSORS)


def test_solutions_of_ones_own_become_samples_that_declare_what_they_get(sandbox: Sandbox) -> None:
    asked = question()
    sources = {"loop": b"def error(a, b, c):\n    return sum((r @ c - t) ** 2 for r, t in zip(a, b)) / len(b)\n"}
    sources["sum"] = SOLUTION.replace(b"mean", b"sum")
    sources["lucky"] = b"import random\n" + SOLUTION.replace(b"mean()", b"mean() + (random.random() < 0.5)")
    samples = declared(asked, sandbox, sources)
    assert samples["reference/samples/right_loop.py"].startswith(b"# verdict: accepted\n# about: loop\n")
    assert b"# diagnosis: sum_for_mean" in samples["reference/samples/wrong_sum.py"]
    assert len(samples_of(samples)) >= 2


def test_every_slip_is_a_program_of_its_own() -> None:
    source = b'def f(a, b):\n    """Says so."""\n    if b is None:\n        return a\n    return a + b  # both\n'
    slips = slips_of(source, "f", ["a"])
    assert len({slip.source for slip in slips}) == len(slips) > 5
    for slip in slips:
        ast.parse(slip.source)
        assert slip.source != source
    detached = next(slip.source for slip in slips if slip.name == "detached")
    assert detached.count(b".detach()") == 2


def test_a_class_has_no_slips() -> None:
    assert slips_of(b"class F:\n    pass\n", "F", []) == []
