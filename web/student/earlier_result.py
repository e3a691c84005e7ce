"""Results of a submission that do not count: those before a regrade, and for those who teach, shadows of one."""

from __future__ import annotations

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import undefer

from grader.services.regrades.regrade_notes import has_counted
from grader.store.runs import GradingRun
from grader.store.words import RunState
from web.database import reading
from web.student import blueprint
from web.student.access import submission_for
from web.student.submissions import page_of_run


@blueprint.get("/submissions/<int:submission_id>/runs/<int(max=2147483647):run_id>/")
def submission_run(submission_id: int, run_id: int) -> ResponseReturnValue:
    """An earlier result, or for those who teach any; the one that counts is on the submission's own page."""
    seen = submission_for(submission_id, with_source=True)
    run = reading().get(GradingRun, run_id, options=[undefer(GradingRun.report)])
    if run is None or run.submission_id != submission_id:
        abort(404)
    if run.is_live:
        return redirect(url_for("student.submission", submission_id=submission_id), 303)
    if run.state is not RunState.FINISHED:
        abort(404)
    if not seen.is_staff_view and not has_counted(reading(), run):
        abort(404)
    return render_template("student/submission.html", **page_of_run(seen, run))
