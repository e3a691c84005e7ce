"""Follow-through in a real sandbox, and what verification and each reader make of it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from grader.pipeline.batch import grade_sources
from grader.pipeline.feedback import FOLLOWED_THROUGH, Audience, shown
from grader.pipeline.order import RunReport, report_json
from grader.sandbox.choose import open_sandbox
from grader.sandbox.interface import Sandbox
from grader.services.grading.reports import decoded, encoded
from grader.spec import Question, load_question
from grader.verify.expected import expected_text
from grader.verify.run import verify_question
from tests.judge.parts import SOLUTION, five_parts, with_part

ID = "course/tutorial/parts"
WRONG = with_part("x.std(dim=0)", "x.var(dim=0)")


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with open_sandbox("local", lanes=1) as opened:
        yield opened


def graded(sandbox: Sandbox, question: Question, *sources: str) -> list[RunReport]:
    named = [(str(number), source.encode()) for number, source in enumerate(sources)]
    return [report for _, report in grade_sources(question, named, sandbox=sandbox, seed=5)]


def test_later_parts_earn_their_points_in_a_sandbox(sandbox: Sandbox) -> None:
    endless = with_part("return inputs @ w", "while True: pass")
    head = "[limits]\nwall_s = 0.5\ntotal_wall_s = 20\n"
    right, wrong, hanging = graded(sandbox, load_question(five_parts(head), ID), SOLUTION, WRONG, endless)
    assert [right.verdict, right.score] == ["accepted", 10]
    assert [wrong.verdict, wrong.score] == ["partial", 8]
    assert [case.followed_through for case in wrong.cases] == [False, False] + [True] * 8
    assert hanging.score <= 8
    assert decoded(encoded(wrong)) == wrong


def test_the_student_reads_why_also_of_hidden_cases_and_the_script_reads_the_same_keys(sandbox: Sandbox) -> None:
    (report,) = graded(sandbox, load_question(five_parts(), ID), WRONG)
    public, hidden = shown(report, Audience.STUDENT).cases[2:4]
    assert "reference's value of `inputs`" in public.message
    assert FOLLOWED_THROUGH in hidden.message
    assert public.followed_through
    assert hidden.followed_through
    keys = {"name", "visibility", "verdict", "points", "max_points", "diagnosis", "message"}
    assert all(set(case) == keys for case in report_json(report)["cases"])


def test_such_a_question_may_be_published(sandbox: Sandbox) -> None:
    samples = {
        "reference__samples__right_other": "# verdict: accepted\n"
        + SOLUTION.replace("inputs @ w", "(inputs * w).sum(1)"),
        "reference__samples__wrong_variance": "# verdict: partial\n" + WRONG,
    }
    tail = """
[[survivor]]
mutant = "line 1: not one"
reason = "There is no such mutant, which is to be said."
"""
    question = load_question(five_parts(tail=tail, **samples), ID)
    text = expected_text(question, sandbox)
    result = verify_question(
        load_question({**question.files, "expected.json": text.encode()}, ID), sandbox, seeds=2, sample_seeds=2
    )
    checks = {finding.check: finding.ok for finding in result.findings if finding.check != "mutants"}
    assert [name for name, ok in checks.items() if not ok] == []
    assert result.mutants.caught >= result.mutants.total - 2


def test_public_cases_without_the_reference_are_graded_on_ones_own_values(sandbox: Sandbox) -> None:
    files = five_parts()
    text = expected_text(load_question(files, ID), sandbox)
    public = {path: data for path, data in files.items() if not path.startswith("reference/")}
    question = load_question({**public, "expected.json": text.encode()}, ID)
    right, wrong = graded(sandbox, question, SOLUTION, WRONG)
    assert right.verdict == "accepted"
    assert not any(case.followed_through for case in wrong.cases)
