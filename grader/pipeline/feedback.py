"""The one place that decides who may see what of a report, and that makes submission-made text fit to be shown.

Whatever shows a report (terminal, site, API) shows what `shown` returns and nothing else.
"""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum

from grader.pipeline.order import CaseResult, Details, Fault, Frame, RunReport
from grader.pipeline.plain_text import plain, plain_line, plain_values
from grader.pipeline.sentences import sentence_of
from grader.vocab import Verdict, Visibility

MAX_MESSAGE_CHARS = 1000
MAX_SNIPPET_CHARS = 4000
MAX_FRAMES = 12

NOT_GRADED = "This submission could not be graded. The fault is not the submission's, and nothing counts against it."

FOLLOWED_THROUGH = "An earlier part was wrong here, so the reference's values stood in for it."


class Audience(StrEnum):
    """Who looks. Which of the three kinds of student it is, `grader.services.grading.eyes` finds out."""

    STUDENT = "student"
    ASKED_ELSEWHERE = "asked_elsewhere"  # who teaches here and is a student of the question in another course
    HELD = "held"  # a student whose grades are held back
    APPEAL = "appeal"  # a student to whom the hidden cases of this one result were opened
    STAFF = "staff"


def shown(report: RunReport, audience: Audience) -> RunReport:
    """The report as `audience` may see it.

    Of a hidden case students see name, verdict, points and diagnosis with the sentence that goes with every such
    diagnosis. They see no seed, no staff notes, and what their code printed only where it met no hidden input.

    Who teaches here and is asked the same question elsewhere sees what students see.

    On an appeal they see hidden cases as public ones, and the seed. While grades are held back they see of an attempt
    what a precheck tells them, without points: the public cases, unless those are all that gives points.
    """
    if audience is Audience.STAFF:
        return replace(
            report,
            cases=tuple(_whole(case) for case in report.cases),
            fault=report.fault and Fault(report.fault.by, plain(report.fault.message, MAX_SNIPPET_CHARS)),
            printed=plain(report.printed, MAX_SNIPPET_CHARS),
        )
    if audience is Audience.HELD:
        return _held(report)
    if audience is Audience.APPEAL:
        return replace(
            report,
            cases=tuple(_of_public(case) for case in report.cases),
            mistake=None,
            fault=report.fault and Fault(report.fault.by, NOT_GRADED),
            printed=plain(report.printed, MAX_SNIPPET_CHARS) if report.graded else "",
        )
    # A submission that did not load has met no inputs: all that went wrong with it is for the student to read. Its
    # verdict would not do to tell: what it answers to calls goes into that.
    met_hidden_inputs = report.loaded and any(
        _is_hidden(case) and case.verdict is not Verdict.SKIPPED for case in report.cases
    )
    return replace(
        report,
        cases=tuple(
            _of_hidden(case) if met_hidden_inputs and _is_hidden(case) else _of_public(case) for case in report.cases
        ),
        provenance=replace(report.provenance, seed=None),
        mistake=None,
        fault=report.fault and Fault(report.fault.by, NOT_GRADED),
        printed="" if met_hidden_inputs or not report.graded else plain(report.printed, MAX_SNIPPET_CHARS),
    )


def _held(report: RunReport) -> RunReport:
    """A result without anything of the grade: verdict and score are of nothing at all."""
    has_hidden_points = any(_is_hidden(case) and case.max_points > 0 for case in report.cases)
    public = [_of_public(case) for case in report.cases if not _is_hidden(case)]
    return RunReport(
        question=report.question,
        verdict=Verdict.SKIPPED,
        score=0.0,
        max_score=report.max_score,
        duration_ms=report.duration_ms,
        sandbox=report.sandbox,
        device=report.device,
        cases=tuple(replace(case, points=0.0, max_points=0.0) for case in public) if has_hidden_points else (),
        provenance=replace(report.provenance, seed=None),
        loaded=report.loaded,
    )


def _is_hidden(case: CaseResult) -> bool:
    return case.visibility is not Visibility.PUBLIC


def shown_case(case: CaseResult, audience: Audience) -> CaseResult:
    """One case while its run is not over, as `audience` may see it."""
    if audience is Audience.STAFF:
        return _whole(case)
    return _of_hidden(case) if _is_hidden(case) else _of_public(case)


def _of_hidden(case: CaseResult) -> CaseResult:
    # Built from nothing: a field added one day is hidden until someone decides otherwise here.
    return CaseResult(
        name=plain_line(case.name),
        visibility=case.visibility,
        verdict=case.verdict,
        points=case.points,
        max_points=case.max_points,
        group=case.group,
        diagnosis=case.diagnosis,
        message=sentence_of(case.verdict, case.diagnosis) + (f" {FOLLOWED_THROUGH}" if case.followed_through else ""),
        followed_through=case.followed_through,
    )


def _of_public(case: CaseResult) -> CaseResult:
    whole = _whole(case)
    # Whether it was asked again, and who else is wrong in the same way, is for staff.
    return replace(whole, details=replace(whole.details, staff_note=None), is_unstable=False, fingerprint=None)


def _whole(case: CaseResult) -> CaseResult:
    """Everything, as plain text of bounded length."""
    details = case.details
    return replace(
        case,
        name=plain_line(case.name),
        message=plain(case.message, MAX_MESSAGE_CHARS),
        hint=None if case.hint is None else plain(case.hint, MAX_MESSAGE_CHARS),
        details=Details(
            worst=None if details.worst is None else plain_values(details.worst),
            counterexample=None if details.counterexample is None else plain(details.counterexample, MAX_SNIPPET_CHARS),
            frames=tuple(_frame(frame) for frame in details.frames[-MAX_FRAMES:]),
            staff_note=None if details.staff_note is None else plain(details.staff_note, MAX_SNIPPET_CHARS),
            wall_s=details.wall_s,
            curve=details.curve,
            error_grid=None if details.error_grid is None else plain_values(details.error_grid),
            graph=None if details.graph is None else plain_values(details.graph),
        ),
    )


def _frame(frame: Frame) -> Frame:
    return Frame(
        line=frame.line, function=plain_line(frame.function), source=plain_line(frame.source, keep_indent=True)
    )
