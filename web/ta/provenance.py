"""Where a mark comes from: running exactly the same again, and opening hidden cases for an appeal."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import undefer

from grader.clock import utc_now
from grader.services.access import Verb
from grader.services.edits import Faulty
from grader.services.grading import appeals, replays
from grader.services.grading.results import run_report
from grader.services.refusals import Reason, Refused
from grader.store.courses import Course
from grader.store.people import Person
from grader.store.runs import GradingRun
from grader.store.submissions import Submission
from web.back import refusals_go_back
from web.database import forget_reading, reading, transaction
from web.login import current_person, require
from web.nudges import nudges
from web.ta import blueprint
from web.ta.find import course_for_scores

_AT = "/c/<course_slug>/ta/submissions/<int(max=2147483647):submission_id>"


def _replays_address(course_slug: str, submission_id: int) -> str:
    return url_for("ta.replays", course_slug=course_slug, submission_id=submission_id)


def _appeal_address(course_slug: str, submission_id: int) -> str:
    return url_for("ta.appeal", course_slug=course_slug, submission_id=submission_id)


@blueprint.get(f"{_AT}/replays", endpoint="replays")
def show_replays(course_slug: str, submission_id: int) -> ResponseReturnValue:
    """The result beside its repetitions, case by case; ?run= chooses which."""
    course, submission = _found(course_slug, submission_id, Verb.RERUN)
    run = _live(submission.id)
    again = [] if run is None else replays.replays_of(reading(), run.id)
    chosen = next((one for one in again if str(one.run.id) == request.args.get("run")), again[0] if again else None)
    return render_template(
        "ta/replays.html",
        course=course,
        submission=submission,
        run=run,
        report=None if run is None else run_report(run),
        again=again,
        chosen=chosen,
        chosen_report=None if chosen is None else run_report(chosen.run),
        comparison=None if chosen is None or run is None else replays.compared(run, chosen.run),
    )


@blueprint.post(f"{_AT}/replays")
@refusals_go_back(_replays_address)
def replay(course_slug: str, submission_id: int) -> ResponseReturnValue:
    """Run it again: same source, version and seed. It changes no grade."""
    _, submission = _found(course_slug, submission_id, Verb.RERUN)
    run = _live(submission.id)
    if run is None:
        raise Refused(Reason.CONFLICT, "There is no result that could be run again.")
    run_id, actor_id = run.id, current_person().id
    with transaction() as session:
        device = replays.replay(session, run_id, asked_by=actor_id, now=utc_now()).device
    forget_reading()
    nudges().publish(device)
    return redirect(_replays_address(course_slug, submission_id), 303)


@blueprint.get(f"{_AT}/appeal")
def appeal(course_slug: str, submission_id: int) -> ResponseReturnValue:
    """What would be opened to whom, and the form."""
    return _appeal_page(course_slug, submission_id, "")


@blueprint.post(f"{_AT}/appeal")
@refusals_go_back(_appeal_address)
def open_inputs(course_slug: str, submission_id: int) -> ResponseReturnValue:
    """Open the hidden cases of this submission to its student."""
    _found(course_slug, submission_id, Verb.ANSWER_REQUESTS)
    reason, actor_id = request.form.get("reason", "").replace("\r\n", "\n"), current_person().id
    try:
        with transaction() as session:
            appeals.open_inputs(session, submission_id, reason=reason, opened_by=actor_id, now=utc_now())
    except Faulty as fault:
        return _appeal_page(course_slug, submission_id, str(fault))
    forget_reading()
    flash("Opened: the student sees the hidden cases of this attempt now.", "good")
    return redirect(_appeal_address(course_slug, submission_id), 303)


@blueprint.post(f"{_AT}/appeal/close")
@refusals_go_back(_appeal_address)
def close_inputs(course_slug: str, submission_id: int) -> ResponseReturnValue:
    """Close them again."""
    _found(course_slug, submission_id, Verb.ANSWER_REQUESTS)
    actor_id = current_person().id
    with transaction() as session:
        appeals.close_inputs(session, submission_id, closed_by=actor_id, now=utc_now())
    forget_reading()
    flash("Closed: the student sees of hidden cases what everybody sees.", "good")
    return redirect(_appeal_address(course_slug, submission_id), 303)


def _appeal_page(course_slug: str, submission_id: int, error: str) -> ResponseReturnValue:
    course, submission = _found(course_slug, submission_id, Verb.ANSWER_REQUESTS)
    now = utc_now()
    row = appeals.opened(reading(), submission.id)
    run = _live(submission.id)
    report = None if run is None else run_report(run)
    page = render_template(
        "ta/appeal.html",
        course=course,
        submission=submission,
        row=row,
        is_open=row is not None and row.closed_at is None,
        opener=None if row is None else reading().get_one(Person, row.opened_by),
        hindrance=appeals.hindrance(reading(), submission, now),
        still_open=appeals.still_open_for(reading(), submission.item, now),
        hidden=0 if report is None else sum(case.visibility.value == "hidden" for case in report.cases),
        error=error,
        typed=request.form.get("reason", ""),
    )
    return page, 422 if error else 200


def _found(course_slug: str, submission_id: int, verb: Verb) -> tuple[Course, Submission]:
    """The submission, if it belongs to the course of the address."""
    course = course_for_scores(course_slug)
    require(verb, course.id)
    submission = reading().get(Submission, submission_id)
    if submission is None or submission.course_id != course.id:
        abort(404)
    return course, submission


def _live(submission_id: int) -> GradingRun | None:
    return (
        reading()
        .scalars(
            select(GradingRun)
            .where(GradingRun.submission_id == submission_id, GradingRun.is_live)
            .options(undefer(GradingRun.report))
        )
        .one_or_none()
    )
