"""What the result page says in words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from markupsafe import Markup

from grader.pipeline.order import CaseResult, RunReport
from grader.vocab import Verdict, Visibility

_TICKED = re.compile(r"`([^`\n]{1,200})`")


@dataclass(frozen=True, slots=True)
class Headline:
    """The page's first words; `kind` is ok, part, bad, warn or wait, as badges have it."""

    title: str
    text: str
    kind: str


_OF_VERDICT: dict[Verdict, tuple[str, str, str]] = {
    Verdict.ACCEPTED: ("Accepted", "Every case is right.", "ok"),
    Verdict.PARTIAL: ("Partly right", "Some cases are right, others are not yet.", "part"),
    Verdict.WRONG_ANSWER: ("Not right yet", "Your code runs, but its answers are not the expected ones.", "bad"),
    Verdict.RUNTIME_ERROR: ("Your code stops with an error", "It was loaded, and failed while it ran.", "bad"),
    Verdict.TIME_LIMIT: ("Your code takes too long", "It was stopped at the time limit.", "bad"),
    Verdict.MEMORY_LIMIT: ("Your code needs too much memory", "It was stopped at the memory limit.", "bad"),
    Verdict.OUTPUT_LIMIT: ("Your code prints or returns too much", "It was stopped at the output limit.", "bad"),
    Verdict.INVALID_SUBMISSION: (
        "Your file could not be loaded",
        "No case could be run. What is in the way is said below.",
        "bad",
    ),
    Verdict.FORBIDDEN_CONSTRUCT: (
        "Your code uses something that this question rules out",
        "What it is stands below.",
        "bad",
    ),
    Verdict.SKIPPED: ("Nothing was run", "No case of this question could be run here.", "warn"),
}
_FAILED = Headline(
    "This could not be graded",
    "The fault is ours, not yours. It cost no attempt, and the course staff can see it.",
    "warn",
)


def headline_of(
    state: str, report: RunReport | None, *, is_precheck: bool, points: float | None, max_score: float
) -> Headline:
    """The headline for where a submission stands."""
    match state:
        case "queued" | "running":
            return Headline(waiting_title(state), "This page shows the verdict as soon as it is there.", "wait")
        case "awaiting_marking":
            return Headline("Handed in", "Somebody of the teaching team will read and mark your answer.", "wait")
        case "marked":
            is_full = points is not None and points >= max_score
            return Headline(
                "Marked", "Your answer has been read and marked.", "ok" if is_full or not points else "part"
            )
    if state == "failed" or report is None or not report.graded:
        return _FAILED
    return _of_precheck(report) if is_precheck else _of_report(report)


def headline_of_answer(report: RunReport) -> Headline:
    """The headline for a written answer that the key has decided about."""
    match report.verdict:
        case Verdict.ACCEPTED:
            return Headline("Right", "Your answer is right.", "ok")
        case Verdict.PARTIAL:
            return Headline("Partly right", "Some of your answer is right.", "part")
    return Headline("Not right yet", "Your answer is not the one that is asked for.", "bad")


def headline_of_choice(choice: CaseResult) -> Headline:
    """The headline for a choice that is decided, while its reason waits for a marker."""
    match choice.verdict:
        case Verdict.ACCEPTED:
            title = "The choice is right"
        case Verdict.PARTIAL:
            title = "The choice is partly right"
        case _:
            title = "The choice is not right"
    return Headline(title, "The reason awaits marking: somebody of the teaching team will read it.", "wait")


def _of_report(report: RunReport) -> Headline:
    title, text, kind = _OF_VERDICT[report.verdict]
    public = [case for case in report.cases if case.visibility is Visibility.PUBLIC]
    right = all(case.verdict is Verdict.ACCEPTED for case in public)
    hidden_wrong = sum(
        case.visibility is Visibility.HIDDEN and case.verdict not in (Verdict.ACCEPTED, Verdict.SKIPPED)
        for case in report.cases
    )
    if report.verdict in (Verdict.PARTIAL, Verdict.WRONG_ANSWER) and public and right and hidden_wrong:
        text = f"All visible cases are right; {_counted(hidden_wrong, 'hidden case is', 'hidden cases are')} not."
    elif report.verdict is Verdict.PARTIAL:
        right_ones = sum(case.verdict is Verdict.ACCEPTED for case in report.cases)
        text = f"{right_ones} of {len(report.cases)} cases {'is' if right_ones == 1 else 'are'} right."
    return Headline(title, text, kind)


def _of_precheck(report: RunReport) -> Headline:
    run = [case for case in report.cases if case.verdict is not Verdict.SKIPPED]
    right = sum(case.verdict is Verdict.ACCEPTED for case in run)
    if run and right == len(run):
        return Headline(
            "All visible cases pass", "This was a precheck: hidden cases were not run, and it used no attempt.", "ok"
        )
    title, text, kind = _OF_VERDICT[report.verdict]
    if run and right > 0:
        title, kind = f"{right} of {len(run)} visible cases pass", "part"
        text = "What is wrong with the others is said below."
    return Headline(title, f"{text} This was a precheck: it used no attempt.", kind)


def waiting_title(state: str) -> str:
    """The headline while there is no verdict."""
    return "Being graded" if state == "running" else "Waiting to be graded"


def wait_words(ahead: int, wait_s: float | None) -> str:
    """The place in the queue and the wait, in a sentence that promises no more than is known."""
    others = _counted(ahead, "submission is", "submissions are")
    before = f"{others} before yours." if ahead else "You are next."
    if wait_s is None:
        return before
    if wait_s < 2:
        return f"{before} It should take a second or two."
    if wait_s < 90:
        return f"{before} It should take about {_rounded(wait_s, 5)} seconds."
    return f"{before} It should take about {_counted(round(wait_s / 60), 'minute', 'minutes')}."


def with_code(text: str) -> Markup:
    """A sentence of the judge's or a hint: escaped, what stands in backticks as code."""
    parts = _TICKED.split(text)
    said = Markup("")
    for at, part in enumerate(parts):
        said += Markup("<code>{}</code>").format(part) if at % 2 else Markup.escape(part)
    return said


def share_words(share: float) -> str:
    """A share as people say it: 70 %, 0.03 %."""
    return f"{share * 100:.3g} %"


def seconds_words(duration_s: float) -> str:
    """A duration as people say it: 23 ms, 1.4 s."""
    return f"{duration_s * 1000:.0f} ms" if duration_s < 1 else f"{duration_s:.1f} s"


def _rounded(value: float, to: int) -> int:
    return max(to, round(value / to) * to)


def _counted(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"
