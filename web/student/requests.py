"""Asking the teaching team to look at a result again."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from grader.clock import utc_now
from grader.services.access import Verb
from grader.services.grades import regrade_requests
from web.back import refusals_go_back
from web.database import forget_reading, transaction
from web.login import current_person, require
from web.student import blueprint
from web.student.access import submission_for


def _address(submission_id: int, **_: int) -> str:
    return url_for("student.submission", submission_id=submission_id, _anchor="requests")


@blueprint.post("/submissions/<int(max=2147483647):submission_id>/requests")
@refusals_go_back(_address)
def ask_again(submission_id: int) -> ResponseReturnValue:
    """Ask about one's own attempt."""
    seen = submission_for(submission_id)
    require(Verb.VIEW_OWN, seen.submission.course_id)
    person_id = current_person().id
    with transaction() as session:
        regrade_requests.ask(
            session,
            submission_id,
            person_id=person_id,
            text=request.form.get("text", ""),
            case_name=request.form.get("case", "") or None,
            now=utc_now(),
        )
    forget_reading()
    flash("Your request is with the teaching team. The answer will be on this page.", "good")
    return redirect(_address(submission_id), 303)


@blueprint.post("/submissions/<int(max=2147483647):submission_id>/requests/<int(max=2147483647):request_id>/withdraw")
@refusals_go_back(_address)
def withdraw_request(submission_id: int, request_id: int) -> ResponseReturnValue:
    """Take one's own request back."""
    seen = submission_for(submission_id)
    require(Verb.VIEW_OWN, seen.submission.course_id)
    person_id = current_person().id
    with transaction() as session:
        regrade_requests.withdraw(session, request_id, person_id=person_id, now=utc_now())
    forget_reading()
    flash("Withdrawn.", "good")
    return redirect(_address(submission_id), 303)
