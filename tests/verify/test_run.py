"""A sound question may be published; each way of being unsound is found, and named. Everything is really graded."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from grader.sandbox.choose import open_sandbox
from grader.sandbox.interface import Sandbox
from grader.spec import Question, load_question
from grader.spec.skeleton import skeleton
from grader.verify.expected import expected_text
from grader.verify.result import Finding, Verification
from grader.verify.run import verify_question

ID = "course/tutorial/new"
SPEC = "question.toml"
SOLUTION = "reference/solution.py"
CHECK = b"def anything(case):\n    return None\n"


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with open_sandbox("local", lanes=2) as opened:
        yield opened


LARGE = b"(1000 * torch.randn(n, generator=rng, dtype=dtype)).requires_grad_()"


def files(entry: str = "squares(a)", *, is_class: bool = False) -> dict[str, bytes]:
    return dict(skeleton(ID, entry, is_class=is_class).files)


def edited(made: dict[str, bytes], path: str, old: bytes, new: bytes) -> dict[str, bytes]:
    assert old in made[path]
    return made | {path: made[path].replace(old, new)}


def verified(made: dict[str, bytes], sandbox: Sandbox) -> Verification:
    return verify_question(load_question(made, ID), sandbox, seeds=2)


def failures(result: Verification, check: str) -> list[Finding]:
    return [finding for finding in result.failures if finding.check == check]


def with_expected(question: Question, sandbox: Sandbox) -> Question:
    text = expected_text(question, sandbox)
    return load_question({**question.files, "expected.json": text.encode()}, question.id)


@pytest.mark.parametrize("is_class", [False, True])
def test_a_new_question_may_be_published_once_its_expected_values_are_written(sandbox: Sandbox, is_class: bool) -> None:
    made = files("Squares(x)" if is_class else "squares(a, b)", is_class=is_class)
    assert [finding.check for finding in verified(made, sandbox).failures] == ["expected"]
    result = verify_question(with_expected(load_question(made, ID), sandbox), sandbox, seeds=3)
    assert result.ok, result.failures
    assert result.mutants.caught == result.mutants.total > 3
    assert result.tolerance_margin is not None
    assert result.tolerance_margin >= 10
    assert result.gradings > result.mutants.total


def test_every_grading_is_heard_of(sandbox: Sandbox) -> None:
    heard: list[tuple[str, int]] = []
    question = load_question(files(), ID)
    result = verify_question(question, sandbox, seeds=2, on_progress=lambda *event: heard.append(event))
    assert sum(count for _, count in heard) == result.gradings
    stages = [stage for stage, _ in heard if stage]
    assert stages == ["reference", "degenerate", "samples", "mutants", "tolerances"]


def test_a_mutant_that_no_case_catches_is_shown_with_its_diff(sandbox: Sandbox) -> None:
    made = edited(files(), SOLUTION, b"    return", b"    if a.numel() > 60:\n        return a.sum()\n    return")
    found = {finding.subject: finding for finding in failures(verified(made, sandbox), "mutants")}
    name = "line 6: > 60 -> >= 60"
    assert found[name].diff == "-    if a.numel() > 60:\n+    if (a.numel() >= 60):"


def test_a_listed_survivor_is_accepted_and_a_stale_one_is_not(sandbox: Sandbox) -> None:
    made = edited(files(), SOLUTION, b"    return", b"    a = a + 0\n    return")
    survivor = '[[survivor]]\nmutant = "{}"\nreason = "adding nothing"\n'
    names = ["line 6: + 0 -> nothing", "line 6: + 0 -> - 0", "line 6: a = a + 0 -> nothing"]
    listed = "".join(map(survivor.format, [*names, "line 7: (a * a) -> b", "line 6: 0 -> 1"]))
    result = verified(made | {SPEC: made[SPEC] + listed.encode()}, sandbox)
    assert {finding.subject: finding.text for finding in failures(result, "mutants")} == {
        "line 7: (a * a) -> b": "listed under [[survivor]], but it is no mutant of this solution: remove it",
        "line 6: 0 -> 1": "listed under [[survivor]], but it is caught now: remove it",
    }
    assert set(result.mutants.survivors) == set(names)
    assert result.mutants.explained == 3


def test_a_reference_that_flakes_is_found_and_nothing_else_is_run(sandbox: Sandbox) -> None:
    made = edited(files(), SOLUTION, b"import torch\n", b"import os\n\nimport torch\n")
    made = edited(made, SOLUTION, b"    return", b"    a = a + int.from_bytes(os.urandom(2), 'big')\n    return")
    result = verified(made, sandbox)
    assert "wrong_answer" in failures(result, "reference")[0].text
    assert {finding.check for finding in result.findings} == {"reference"}


def test_a_reference_that_raises_is_the_authors_fault_with_its_line(sandbox: Sandbox) -> None:
    made = edited(files(), SOLUTION, b"    return", b"    a = a.nothing\n    return")
    result = verified(made, sandbox)
    assert not result.ok
    assert "reference/solution.py:6" in result.failures[0].text


def test_a_check_that_lets_everything_pass_is_found_by_what_is_no_solution(sandbox: Sandbox) -> None:
    made = files() | {"reference/check.py": CHECK}
    made = edited(made, SPEC, b"[grade]\n", b'[grade]\nvalue = false\nchecks = ["anything"]\n')
    made = edited(made, SPEC, b'gradients = ["a"]', b"gradients = []")
    passed = [finding.subject for finding in failures(verified(made, sandbox), "degenerate")]
    assert passed == ["zeros shaped like the answer", "ones shaped like the answer"]


def test_a_sample_that_gets_another_verdict_or_diagnosis_is_named(sandbox: Sandbox) -> None:
    made = edited(files(), "reference/samples/wrong_mean.py", b"mean_for_sum", b"transposed")
    made = edited(made, "reference/samples/wrong_detached.py", b"wrong_answer", b"partial")
    found = {finding.subject: finding.text for finding in failures(verified(made, sandbox), "samples")}
    assert "declared the diagnosis transposed, got" in found["samples/wrong_mean.py"]
    assert "declared partial, got wrong_answer" in found["samples/wrong_detached.py"]


def test_a_tolerance_without_room_for_rounding_is_found(sandbox: Sandbox) -> None:
    made = edited(files(), SPEC, b'name = "in single precision"', b'name = "single"')
    # Digits are lost in every draw: a plain sum is often rounded to the last digit right.
    made = edited(made, "cases.py", b"torch.randn(n, generator=rng, dtype=dtype, requires_grad=True)", LARGE)
    made = edited(made, "reference/solution.py", b"(a * a).sum()", b"((a + 1e5) - 1e5).square().sum()")
    tight = b"\n[tolerance]\nfloat32 = { rtol = 1e-9, atol_scale = 1e-9 }\n"
    result = verified(made | {SPEC: made[SPEC] + tight}, sandbox)
    (finding,) = failures(result, "tolerance")
    assert "'single'" in finding.text
    assert "widen [tolerance]" in finding.text


def test_expected_values_that_are_out_of_date_are_found(sandbox: Sandbox) -> None:
    question = with_expected(load_question(files(), ID), sandbox)
    held = question.files["expected.json"].decode()
    assert '"a small example"' in held
    assert '"many numbers"' not in held, "hidden cases stay hidden"
    changed = edited(dict(question.files), SPEC, b"seed = 1\n", b"seed = 2\n")
    assert "out of date" in failures(verified(changed, sandbox), "expected")[0].text


def test_a_question_without_its_reference_cannot_be_published(sandbox: Sandbox) -> None:
    made = {name: content for name, content in files().items() if not name.startswith("reference/")}
    result = verified(made, sandbox)
    assert [finding.check for finding in result.failures] == ["reference"]
    assert result.gradings == 0


LUCKY = b"""# verdict: partial
# about: wrong where the first entry is negative
def squares(a):
    return (a * a).sum() if a[0] > 0 else a.sum()
"""


def test_a_sample_whose_result_hangs_on_the_inputs_is_reported(sandbox: Sandbox) -> None:
    made = {**files(), "reference/samples/wrong_lucky.py": LUCKY}
    result = verify_question(load_question(made, ID), sandbox, seeds=1, sample_seeds=8)
    found = [finding for finding in result.findings if finding.check == "seeds"]
    assert [finding.subject for finding in found] == ["samples/wrong_lucky.py"]
    assert "hangs on the inputs" in found[0].text


def test_samples_whose_results_do_not_hang_on_the_inputs_are_said_to_be_steady(sandbox: Sandbox) -> None:
    result = verify_question(load_question(files(), ID), sandbox, seeds=1, sample_seeds=2)
    found = [finding for finding in result.findings if finding.check == "seeds"]
    assert [(finding.ok, finding.subject) for finding in found] == [(True, None)]
