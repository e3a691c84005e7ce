"""The page about the whole bank: it says what verification measured, and is of the questions as they are."""

from __future__ import annotations

import re
from pathlib import Path

from grader.spec import Bank, load_question
from grader.spec.skeleton import skeleton
from grader.verify.result import Finding, MutantScore, Verification
from grader.verify.table import bank_table

ROOT = Path(__file__).parents[2]
ID = "course/tutorial/new"
BANK = Bank(ROOT / "tasks", ROOT / "reference")


def page(*findings: Finding, spec: bytes = b"") -> str:
    files = skeleton(ID, "squares(a)").files
    question = load_question({**files, "question.toml": files["question.toml"] + spec}, ID)
    result = Verification(
        ID,
        question.version,
        findings,
        mutants=MutantScore(total=9, caught=8, survivors=("one",), explained=1),
        run_s=0.0123,
        tolerance_margin=100.0,
    )
    return bank_table([(question, result)], seeds=200)


def test_a_row_has_the_figures_of_its_question() -> None:
    (row,) = re.findall(r"^\| \[new\].*$", page(), re.MULTILINE)
    cells = [cell.strip() for cell in row.split("|")[2:-1]]
    assert cells[:7] == ["4", "1 + 3", "1 + 2", "8 of 9", "default", "1/100", "12"]


def test_tolerances_of_its_own_are_named() -> None:
    assert "float32 rtol 0.001" in page(spec=b"[tolerance]\nfloat32 = { rtol = 1e-3 }\n")


def test_what_was_not_audited_or_may_not_be_published_is_said() -> None:
    written = page(
        Finding("tolerance", True, "not audited: it draws", checked=False), Finding("samples", False, "one is wrong")
    )
    assert "- new: not audited: it draws." in written
    assert "**may not be published**: one is wrong" in written


def test_the_page_in_docs_is_of_the_bank_as_it_is() -> None:
    written = (ROOT / "docs" / "question-bank.md").read_text()
    rows = dict(re.findall(r"\.\./tasks/([\w/-]+)/statement\.md\).*`([0-9a-f]{12})` \|$", written, re.MULTILINE))
    versions = {question_id: BANK.get(question_id).version[:12] for question_id in BANK.ids()}
    assert rows == versions, "a question changed: write the page anew with `./dev bank`"
    assert "may not be published" not in written
