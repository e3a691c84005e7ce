from __future__ import annotations

import pytest

from grader.spec import load_question
from grader.spec.skeleton_written import SPECS, written_skeleton
from grader.verify.written import written_findings
from tests.spec.test_written import CHOICE, ID, NUMERIC, TEXT, WITH_REASON


def refused(files: dict[str, str], old: str = "", new: str = "", file: str = "reference/answer.toml") -> list[str]:
    """The checks that fail once one place is changed."""
    changed = files | {file: files[file].replace(old, new)}
    question = load_question({name: text.encode() for name, text in changed.items()}, ID)
    return [finding.check for finding in written_findings(question) if not finding.ok]


@pytest.mark.parametrize("files", [NUMERIC, CHOICE, TEXT, WITH_REASON])
def test_a_sound_key_may_be_published(files: dict[str, str]) -> None:
    assert refused(files) == []


def test_without_a_key_nothing_may_be_published() -> None:
    public = {name: text.encode() for name, text in TEXT.items() if not name.startswith("reference/")}
    (finding,) = written_findings(load_question(public, ID))
    assert (finding.ok, "answer.toml" in finding.text) == (False, True)


@pytest.mark.parametrize("bounds", ["low = -1\nhigh = 2", "value = 0.2\ntolerance = 0.4", "low = 0.1\nhigh = 1.5"])
def test_bounds_that_a_usual_slip_passes_are_refused(bounds: str) -> None:
    files = NUMERIC | {"reference/answer.toml": NUMERIC["reference/answer.toml"].partition("[[trap]]")[0]}
    assert refused(files, "value = 0.2", bounds) == ["degenerate"]


def test_a_model_answer_that_students_could_not_hand_in_is_refused() -> None:
    assert refused(TEXT, '"Because."', f'"{"because " * 51}"') == ["reference"]
    assert refused(WITH_REASON, '"Because."', f'"{"because " * 51}"') == ["reference"]


def test_a_rubric_that_stands_in_the_statement_is_refused() -> None:
    assert refused(TEXT, "Why?", "Why? A good answer\n names it too.", "statement.md") == ["degenerate"]
    assert refused(WITH_REASON, "Is it", "A good reason\n names it. Is it", "statement.md") == ["degenerate"]


@pytest.mark.parametrize("kind", list(SPECS))
def test_the_example_to_start_from_may_be_published(kind: str) -> None:
    findings = list(written_findings(load_question(written_skeleton(ID, kind).files, ID)))
    assert findings
    assert [finding.text for finding in findings if not finding.ok] == []
