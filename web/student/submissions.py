"""The page of one submission: where it stands, what it came to, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import undefer

from grader.clock import utc_now
from grader.pipeline.order import CaseResult, RunReport
from grader.services.access import Verb
from grader.services.courses import windows
from grader.services.grades import grades
from grader.services.grading import results, runs
from grader.services.grading.queue_view import Place, place_of
from grader.services.handing_in.written import Solution, choice_of, solution, solution_for
from grader.store.runs import GradingRun
from grader.store.submissions import Submission
from grader.store.words import Lane, Purpose, RunState
from grader.vocab import Verdict, Visibility
from web.database import forget_reading, reading, transaction
from web.login import require
from web.nudges import nudges
from web.source_view import MOST_SHOWN_LINES, Line, source_lines
from web.student import blueprint
from web.student.access import Seen, submission_for
from web.student.curve_picture import curve_svg
from web.student.decisions import decisions_panel, held_headline, is_held_back
from web.student.error_map import grid_scale, grid_summary, grid_svg
from web.student.graph_picture import graph_summary, graph_svg
from web.student.live import await_verdict
from web.student.marking import marked_of, marking_url
from web.student.mistake_panel import mistake_panel
from web.student.regrades import regrade_panel
from web.student.remarks import remarks_on
from web.student.wording import (
    Headline,
    headline_of,
    headline_of_answer,
    headline_of_choice,
    seconds_words,
    share_words,
    wait_words,
    with_code,
)

PASSING = frozenset({Verdict.ACCEPTED, Verdict.SKIPPED})


@dataclass(frozen=True, slots=True)
class CaseGroup:
    """The cases that share points, as the page lists them."""

    name: str
    points: float
    max_points: float
    all_or_nothing: bool
    cases: list[CaseResult]


@dataclass(frozen=True, slots=True)
class Standing:
    """What this attempt means for the grade, at the item's points. `window` is the person's."""

    window: windows.Window
    used: int
    max_score: float
    counts: bool
    late_factor: float
    score: float | None  # after the late policy
    is_late: bool
    is_open: bool  # something can still be handed in

    @property
    def left(self) -> int | None:
        """Attempts that are left; None where there is no limit."""
        allowed = self.window.attempts_allowed
        return None if allowed is None else max(0, allowed - self.used)


blueprint.add_app_template_filter(with_code)
blueprint.add_app_template_filter(share_words, "share")
blueprint.add_app_template_filter(seconds_words, "seconds")
for _picture in (curve_svg, grid_svg, grid_summary, grid_scale, graph_svg, graph_summary):
    blueprint.add_app_template_global(_picture)


@blueprint.get("/submissions/<int:submission_id>/")
def submission(submission_id: int) -> ResponseReturnValue:
    """The result, or how far it is."""
    seen = submission_for(submission_id, with_source=True)
    run = _run_of(submission_id)
    place = place_of(reading(), run) if run is not None and run.state is RunState.QUEUED else None
    if run is not None and _is_fresh(run) and await_verdict(seen, place.ahead if place is not None else 0):
        forget_reading()
        seen = submission_for(submission_id, with_source=True)
        run, place = _run_of(submission_id), None
    return render_template("student/submission.html", **_page(seen, run, place))


def submission_page(seen: Seen, **changed: object) -> str:
    """The page once more with something else on it, such as a form with what was typed."""
    return render_template("student/submission.html", **{**_page(seen, _run_of(seen.submission.id), None), **changed})


@blueprint.get("/submissions/<int:submission_id>/source")
def submission_source(submission_id: int) -> ResponseReturnValue:
    """The source as it was handed in, to keep."""
    given = submission_for(submission_id, with_source=True).submission
    name = (given.version.entry_name or "answer") + ("" if given.attempt is None else f"-{given.attempt}")
    ending = "py" if given.version.kind == "code" else "txt"
    response = Response(given.source, mimetype="text/plain")
    # Names of our own making: what somebody called their file does not get into a header.
    response.headers["Content-Disposition"] = f'attachment; filename="{_plain_name(name)}.{ending}"'
    return response


@blueprint.post("/submissions/<int:submission_id>/rerun")
def rerun(submission_id: int) -> ResponseReturnValue:
    """Grade again what could not be graded."""
    seen = submission_for(submission_id)
    require(Verb.RERUN, seen.submission.course_id)
    with transaction() as session:
        device = runs.rerun(session, submission_id, lane=Lane.NORMAL, now=utc_now()).device
    forget_reading()
    nudges().publish(device)
    flash("It is being graded again.", "info")
    return redirect(url_for("student.submission", submission_id=submission_id), 303)


def page_of_run(seen: Seen, run: GradingRun) -> dict[str, Any]:
    """The same page with another result of the submission on it."""
    return _page(seen, run, None)


def failing_case(report: RunReport) -> CaseResult | None:
    """What to read first: the first public case that is not right, else the first hidden one."""
    wrong = [case for case in report.cases if case.verdict not in PASSING]
    return next((case for case in wrong if case.visibility is Visibility.PUBLIC), wrong[0] if wrong else None)


def _page(seen: Seen, run: GradingRun | None, place: Place | None) -> dict[str, Any]:
    given = seen.submission
    report = None if run is None else results.shown_report(run, seen.audience)
    state = _state(given, run)
    is_held = is_held_back(seen)
    first = None if report is None else failing_case(report)
    standing = _standing(given, is_held=is_held)
    choice = None if given.answer is None or is_held else choice_of(given.version, given.answer)
    lines = _lines(given, first)
    return {
        "submission": given,
        "seen": seen,
        "run": run,
        "state": state,
        "place": place,
        "wait": None if place is None else wait_words(place.ahead, place.wait_s),
        "progress": results.shown_progress(run, seen.audience) if run is not None and report is None else [],
        "report": report,
        "headline": (held_headline(state) if is_held else None) or _headline(given, state, report, choice),
        "is_held": is_held,
        "first": first,
        "groups": [] if report is None else case_groups(given.version.spec, report),
        "lines": lines,
        "is_cut": len(lines) >= MOST_SHOWN_LINES,
        "standing": standing,
        "is_precheck": given.purpose is Purpose.PRECHECK,
        "item": given.item,
        "assignment": given.item.assignment,
        "course": given.item.assignment.course,
        "choice": choice,
        "solution": None if is_held else _solution(seen),
        "marking_url": marking_url(given),
        "marked": None if is_held else marked_of(given),
        "person_url": _person_url(given),
        "decisions": decisions_panel(seen, run, report, is_held=is_held),
        "mistake_panel": mistake_panel(seen, run, is_held=is_held),
        "remarks": remarks_on(seen, is_held=is_held),
        "regraded": regrade_panel(seen, run, is_held=is_held),
        **_neighbours(given),
    }


def case_groups(spec: dict[str, Any], report: RunReport) -> list[CaseGroup]:
    """The cases by group, in the order of the question's text."""
    declared = {group["name"]: group for group in spec.get("group", [])}
    found: dict[str, list[CaseResult]] = {name: [] for name in declared}
    for case in report.cases:
        found.setdefault(case.group, []).append(case)
    return [
        CaseGroup(
            name=name,
            points=sum(case.points for case in cases),
            max_points=sum(case.max_points for case in cases if case.verdict is not Verdict.SKIPPED),
            all_or_nothing=bool(declared.get(name, {}).get("all_or_nothing", False)),
            cases=cases,
        )
        for name, cases in found.items()
        if any(case.verdict is not Verdict.SKIPPED for case in cases)
    ]


def _run_of(submission_id: int) -> GradingRun | None:
    return (
        reading()
        .scalars(
            select(GradingRun)
            .where(GradingRun.submission_id == submission_id, GradingRun.is_live)
            .options(undefer(GradingRun.report))
        )
        .one_or_none()
    )


def _is_fresh(run: GradingRun) -> bool:
    """Whether it was handed in so lately that the verdict may be there any moment."""
    return run.state in (RunState.QUEUED, RunState.RUNNING) and (utc_now() - run.queued_at).total_seconds() < 1.0


def _state(given: Submission, run: GradingRun | None) -> str:
    if run is not None:
        return run.state.value
    return results.AWAITING_MARKING if given.answer is None or given.answer.points is None else results.MARKED


def _headline(given: Submission, state: str, report: RunReport | None, choice: CaseResult | None) -> Headline:
    points = given.answer.points if given.answer is not None else None
    if choice is not None and state == results.AWAITING_MARKING:
        return headline_of_choice(choice)
    if report is not None and given.answer is not None:
        return headline_of_answer(report)
    return headline_of(
        state, report, is_precheck=given.purpose is Purpose.PRECHECK, points=points, max_score=given.version.max_score
    )


def _lines(given: Submission, first: CaseResult | None) -> list[Line]:
    if given.version.kind != "code":
        return []
    failing = (
        frozenset(frame.line for frame in first.details.frames if frame.line is not None) if first else frozenset()
    )
    return source_lines(given.source, failing)


def _standing(given: Submission, *, is_held: bool) -> Standing:
    session, item = reading(), given.item
    window = windows.window_of(session, item, given.person_id)
    grade = grades.grades_of_person(session, item.assignment_id, given.person_id)[item.id]
    grade = results.shown_grade(grade, is_held=is_held)
    factor = windows.late_factor(item.assignment, window, given.submitted_at, item.assignment.course.time_zone)
    counts = grade.submission_id == given.id
    return Standing(
        window=window,
        used=grade.attempts_used,
        max_score=grade.max_score,
        counts=counts,
        late_factor=factor,
        score=grade.score if counts else None,
        is_late=windows.state_at(window, given.submitted_at) is windows.WindowState.LATE,
        is_open=windows.state_at(window, utc_now()) in (windows.WindowState.OPEN, windows.WindowState.LATE),
    )


def _neighbours(given: Submission) -> dict[str, int | None]:
    """The submissions of the same person for the same item just before and after this one, of the same purpose."""
    same = select(Submission.id).where(
        Submission.item_id == given.item_id,
        Submission.person_id == given.person_id,
        Submission.purpose == given.purpose,
    )
    earlier = same.where(Submission.id < given.id).order_by(Submission.id.desc()).limit(1)
    later = same.where(Submission.id > given.id).order_by(Submission.id).limit(1)
    found = reading().execute(select(earlier.scalar_subquery(), later.scalar_subquery())).one()
    return {"earlier": found[0], "later": found[1]}


def _person_url(given: Submission) -> str:
    """The TA's page about the student."""
    return url_for("ta.person", course_slug=given.item.assignment.course.slug, person_id=given.person_id)


def _solution(seen: Seen) -> Solution | None:
    """The key of a written question, for those who teach and for students who can gain nothing by it."""
    given = seen.submission
    if given.answer is None:
        return None
    if seen.is_staff_view:
        return solution(given.version)
    return solution_for(reading(), given.item, given.version, given.person_id, utc_now())


def _plain_name(name: str) -> str:
    return (
        "".join(letter for letter in name if letter.isascii() and (letter.isalnum() or letter in "_-")) or "submission"
    )
