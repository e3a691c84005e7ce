"""One submission of a mistake as its page shows it: the lines that its student wrote, and what the cases came to."""

from __future__ import annotations

from dataclasses import dataclass

from grader.pipeline.feedback import Audience
from grader.pipeline.order import CaseResult
from grader.services.grading.results import shown_report
from grader.services.mistakes.mistake_names import SAYS_LITTLE, is_wrong
from grader.services.mistakes.mistakes import Sample
from grader.store.submissions import Submission
from grader.vocab import Visibility
from web.source_view import Line, source_lines, text_lines

MOST_LINES = 40
_AROUND = 1  # lines of the starter that are kept on both sides


@dataclass(frozen=True, slots=True)
class Extract:
    """The student's own part of a source; `above` and `below` count the lines that are left out."""

    submission: Submission
    lines: list[Line]
    above: int
    below: int


def extract_of(sample: Sample, audience: Audience) -> Extract:
    """From the first line that is not the starter's to the last; lines where it failed are marked."""
    submission = sample.submission
    report = shown_report(sample.run, audience)
    cases = () if report is None else report.cases
    failing = {
        frame.line
        for case in cases
        if is_wrong(case.verdict)
        for frame in case.details.frames
        if frame.line is not None
    }
    lines = source_lines(submission.source, frozenset(failing))
    first, last = _own(text_lines(submission.source), submission.version.starter)
    first, last = max(0, first - _AROUND), min(len(lines), last + _AROUND)
    last = min(last, first + MOST_LINES)
    return Extract(submission, lines[first:last], first, len(lines) - last)


def failing_cases(sample: Sample, audience: Audience) -> list[CaseResult]:
    """The cases that the mistake shows in, as this audience may see them; those that say most about it first."""
    report = shown_report(sample.run, audience)
    wrong = [] if report is None else [case for case in report.cases if is_wrong(case.verdict)]
    return sorted(wrong, key=_says_little)


def _says_little(case: CaseResult) -> tuple[bool, bool, bool]:
    return (case.diagnosis in SAYS_LITTLE, case.visibility is not Visibility.PUBLIC, case.details.worst is None)


def _own(lines: list[str], starter: str) -> tuple[int, int]:
    """From which line to before which one the student wrote; all of it where everything is the starter's."""
    given = {line.strip() for line in starter.splitlines()}
    own = [number for number, line in enumerate(lines) if line.strip() and line.strip() not in given]
    return (own[0], own[-1] + 1) if own else (0, len(lines))
