"""What a report looks like, wide and narrow, with and without the characters and colours of today."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.console import Console

from grader.cli.render import print_result, print_summary
from grader.pipeline.order import CaseResult, Details, Fault, Frame, RunReport
from grader.vocab import Verdict, Visibility

SNIPPET = """x = torch.tensor([1.0])
for i in range(2):
    print(f(x, a_rather_long_argument_name=x, another_one=i), "and further, up to here")"""


def case(name: str, verdict: Verdict, **more: object) -> CaseResult:
    return CaseResult(name, Visibility.PUBLIC, verdict, float(verdict is Verdict.ACCEPTED), 1.0, **more)  # type: ignore[arg-type]


WRONG = case(
    "wrong [red]one[/red]",
    Verdict.WRONG_ANSWER,
    diagnosis="constant_factor",
    message="The result is [bold]2[/bold] times too large.",
    hint="What does the mean divide by?",
    details=Details(
        worst={
            "where": "result",
            "index": [0, 1],
            "expected": "1.25",
            "given": "2.5",
            "abs_error": 1.25,
            "rel_error": 1,
        },
        counterexample=SNIPPET,
        curve={"expected": [3.0, 2.0, 1.0], "yours": [2.0, float("nan"), 0.5]},
    ),
)
RAISED = case(
    "raises",
    Verdict.RUNTIME_ERROR,
    diagnosis="exception",
    message="ZeroDivisionError: division by zero",
    details=Details(frames=(Frame(12, "f", "return g(x)"), Frame(4, "g", "    return 1 / 0"))),
)
REPORT = RunReport(
    "course/tutorial/question",
    Verdict.PARTIAL,
    1.0,
    3.0,
    12,
    "local",
    "cpu",
    (case("right", Verdict.ACCEPTED), WRONG, RAISED),
)


def printed(report: RunReport, width: int = 80, encoding: str = "utf-8") -> str:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding=encoding, errors="strict" if encoding == "utf-8" else "replace")
    print_result(Console(file=stream, width=width, highlight=False), Path("ada.py"), report)
    stream.flush()
    return raw.getvalue().decode(encoding)


def test_the_verdict_and_the_score_come_first() -> None:
    head = printed(REPORT).splitlines()[:3]
    assert head[0] == "ada.py"
    assert "partial" in head[2]
    assert "1 / 3" in head[2]


def test_every_case_has_its_mark() -> None:
    told = printed(REPORT)
    assert "✓ right" in told
    assert "✗ raises" in told


def test_a_failure_is_explained_with_all_that_is_known() -> None:
    told = printed(REPORT)
    for part in ("[0, 1] of result", "1.25", "2.5", "relative 1", "What does the mean divide by?"):
        assert part in told


def test_the_line_that_raised_is_pointed_at() -> None:
    [line] = [line for line in printed(REPORT).splitlines() if "❱" in line]
    assert "4" in line
    assert "return 1 / 0" in line


def test_text_of_a_submission_is_never_read_as_markup() -> None:
    told = printed(REPORT)
    assert "[red]one[/red]" in told
    assert "[bold]2[/bold]" in told


@pytest.mark.parametrize("width", [40, 80])
def test_a_snippet_can_be_copied_out_of_any_terminal(width: int) -> None:
    assert SNIPPET in printed(REPORT, width)


@pytest.mark.parametrize("width", [40, 60, 80, 200])
def test_nothing_but_a_snippet_is_wider_than_the_terminal(width: int) -> None:
    lines = printed(REPORT, width).splitlines()
    assert [line for line in lines if cell_len(line) > width and line not in SNIPPET.splitlines()] == []


def test_a_terminal_of_plain_characters_gets_plain_characters() -> None:
    told = printed(REPORT, encoding="ascii")
    assert told.isascii()
    assert "+ right" in told


def test_cases_that_failed_alike_are_explained_once() -> None:
    broken = [
        case(name, Verdict.INVALID_SUBMISSION, diagnosis="syntax_error", message="line 3: '(' was never closed")
        for name in ("a", "b", "c")
    ]
    told = printed(RunReport("q", Verdict.INVALID_SUBMISSION, 0.0, 3.0, 1, "local", "cpu", tuple(broken), loaded=False))
    assert told.count("was never closed") == 1
    assert "every case" in told
    assert "✗ a" not in told


def test_the_same_exception_from_the_same_lines_is_explained_once() -> None:
    raised = [
        case(
            name,
            Verdict.RUNTIME_ERROR,
            diagnosis="exception",
            message=f"size mismatch, got {name}",
            details=Details(frames=(Frame(line, "f", "return x @ y"),)),
        )
        for name, line in (("3", 4), ("5", 4), ("7", 9))
    ]
    told = printed(RunReport("q", Verdict.RUNTIME_ERROR, 0.0, 3.0, 1, "local", "cpu", tuple(raised)))
    assert "3 and 1 more like it" in told
    assert "size mismatch, got 5" not in told
    assert "size mismatch, got 7" in told


def test_a_case_that_was_not_run_shows_no_points() -> None:
    told = printed(RunReport("q", Verdict.SKIPPED, 0.0, 0.0, 1, "local", "cpu", (case("a", Verdict.SKIPPED),)))
    assert "not run - / 1" in told


def test_what_could_not_be_graded_shows_no_score() -> None:
    told = printed(RunReport("q", Verdict.JUDGE_ERROR, 0.0, 3.0, 1, "local", "cpu", fault=Fault("grader", "not yours")))
    assert "not yours" in told
    assert "0 / 3" not in told


def test_many_files_become_a_table_with_totals() -> None:
    stream = io.StringIO()
    print_summary(Console(file=stream, width=80), [(Path("ada.py"), REPORT), (Path("ben.py"), REPORT)])
    told = stream.getvalue()
    assert told.count("constant factor: wrong [red]one[/red]") == 2
    assert "2 files: 2 partial" in told


def test_unstable_cases_and_those_graded_with_values_of_the_reference_are_marked() -> None:
    note = Details(staff_note="Unstable: it failed at first, and passed 2 times when asked again.")
    cases = (
        case("by chance", Verdict.ACCEPTED, is_unstable=True, details=note, message="Right."),
        case("later part", Verdict.ACCEPTED, followed_through=True),
    )
    text = " ".join(printed(replace(REPORT, cases=cases)).split())
    assert "by chance unstable 1 / 1" in text
    assert "passed 2 times when asked again" in text
    assert "later part with the reference's values 1 / 1" in text
    assert "some parts were graded with the reference's values" in text
    assert "1 partial (1 with unstable cases)" in summarised(replace(REPORT, cases=cases))


def summarised(report: RunReport) -> str:
    raw = io.StringIO()
    print_summary(Console(file=raw, width=100, highlight=False), [(Path("ada.py"), report)])
    return raw.getvalue()
