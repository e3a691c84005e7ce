"""Every question of the bank, in both sandboxes: its samples get what they declare, and the rest is in order."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.pipeline.batch import grade_sources
from grader.pipeline.order import RunReport
from grader.sandbox.choose import open_sandbox
from grader.sandbox.interface import Sandbox
from grader.spec import Question, Sample, load_question, samples_of
from grader.spec.question import REFERENCE
from grader.verify.mutate import mutants_of
from grader.verify.written import written_findings
from grader.vocab import Verdict, Visibility
from tests.questions.bank import BANK, CODE

SEED = 20_261_121
# The names that other people's scripts rely on: an id is its tutorial and the word before "=".
NAMES = (Path(__file__).parent / "names.txt").read_text()


@functools.cache
def question(question_id: str) -> Question:
    """As it stands."""
    return BANK.get(question_id)


@pytest.fixture(scope="module", params=["local", pytest.param("docker", marks=pytest.mark.docker)])
def sandbox(request: pytest.FixtureRequest) -> Iterator[Sandbox]:
    """A warm backend with two lanes."""
    with open_sandbox(request.param, lanes=2) as opened:
        yield opened


def misjudged(sample: Sample, report: RunReport) -> str | None:
    """How a report differs from what its sample declares."""
    if report.fault is not None:
        return f"{sample.path}: {report.fault}"
    if report.verdict is not sample.verdict:
        worst = [f"{case.name}: {case.message}" for case in report.cases if case.verdict is not Verdict.ACCEPTED]
        return f"{sample.path}: {report.verdict} where {sample.verdict} is declared; {worst[:2]}"
    if sample.diagnosis is not None and sample.diagnosis not in {case.diagnosis for case in report.cases}:
        return f"{sample.path}: no case is diagnosed {sample.diagnosis}"
    return None


def test_every_item_of_the_four_tutorials_is_there_under_its_name() -> None:
    wanted: dict[str, str] = {}
    for block in NAMES.strip().split("\n\n"):
        tutorial, *lines = block.splitlines()
        for line in lines:
            name, _, what = line.strip().partition(" = ")
            wanted[f"{tutorial}/{name}"] = what
    assert len(wanted) == 92
    assert {question_id: called(question(question_id)) for question_id in BANK.ids()} == wanted


def called(found: Question) -> str:
    """The entry point as one writes it, or the kind of a written question."""
    spec = found.spec
    if spec.entry is None:
        assert spec.answer is not None
        return f"{spec.kind} + text" if spec.answer.reason else spec.kind
    is_class = "class " if spec.entry.kind == "class" else ""
    return f"{is_class}{spec.entry.name}({', '.join(spec.entry.parameters)})"


@pytest.mark.parametrize("question_id", CODE)
def test_every_sample_gets_the_verdict_and_the_diagnosis_that_it_declares(sandbox: Sandbox, question_id: str) -> None:
    samples = {sample.path: sample for sample in samples_of(question(question_id).files)}
    # What hangs on the seed is looked for by `grader question verify`; here every run must come to the same.
    reports = grade_sources(
        question(question_id), [(path, sample.source) for path, sample in samples.items()], sandbox=sandbox, seed=SEED
    )
    found = [misjudged(samples[path], report) for path, report in reports]
    assert len(found) == len(samples)
    assert [text for text in found if text is not None] == []


def test_public_cases_are_graded_without_the_reference(sandbox: Sandbox) -> None:
    judged = 0
    for question_id in CODE:
        public = {path: data for path, data in question(question_id).files.items() if not path.startswith(REFERENCE)}
        sources = [(sample, sample.source) for sample in samples_of(question(question_id).files) if sample.is_right]
        for sample, report in grade_sources(
            load_question(public, question_id), sources[:1], sandbox=sandbox, seed=SEED
        ):
            cases = {case.name: case for case in report.cases if case.verdict is not Verdict.SKIPPED}
            assert all(case.visibility is Visibility.PUBLIC for case in cases.values())
            wrong = [
                f"{sample.path}: {case.message}" for case in cases.values() if case.verdict is not Verdict.ACCEPTED
            ]
            assert wrong == []
            judged += len(cases)
    assert judged > len(CODE)


@pytest.mark.parametrize("question_id", CODE)
def test_the_starter_earns_nothing_like_full_marks(sandbox: Sandbox, question_id: str) -> None:
    starter = question(question_id).files["starter.py"]
    ((_, report),) = grade_sources(question(question_id), [("starter", starter)], sandbox=sandbox, seed=SEED)
    assert report.fault is None
    assert report.verdict is not Verdict.ACCEPTED
    assert report.score <= report.max_score / 2


@pytest.mark.parametrize("question_id", CODE)
def test_there_are_enough_samples(question_id: str) -> None:
    samples = samples_of(question(question_id).files)
    assert sum(sample.is_right for sample in samples) >= 3
    assert sum(not sample.is_right for sample in samples) >= 5


@pytest.mark.parametrize("question_id", CODE)
def test_no_sample_is_the_reference_itself(question_id: str) -> None:
    files = question(question_id).files
    reference = files["reference/solution.py"]
    assert all(sample.source != reference for sample in samples_of(files))


@pytest.mark.parametrize("question_id", CODE)
def test_a_survivor_among_the_mutants_is_named_with_its_reason(question_id: str) -> None:
    asked = question(question_id)
    mutants = {mutant.id for mutant in mutants_of(asked.files["reference/solution.py"])}
    for survivor in asked.spec.survivors:
        assert survivor.mutant in mutants
        assert len(survivor.reason) > 20


@pytest.mark.parametrize("question_id", [question_id for question_id in BANK.ids() if question_id not in CODE])
def test_the_key_of_a_written_question_stands_every_check(question_id: str) -> None:
    findings = list(written_findings(question(question_id)))
    assert len(findings) >= 2
    assert [finding.text for finding in findings if not finding.ok] == []
