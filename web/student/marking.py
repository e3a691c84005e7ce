"""What the marking form on the page of an answer in words sends."""

from __future__ import annotations

import math

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from grader.clock import utc_now
from grader.services import marking
from grader.services.access import Verb
from grader.services.edits import Faulty
from web.database import transaction
from web.login import current_person, require
from web.student import blueprint
from web.student.access import submission_for
from web.student.marking_form import Typed
from web.student.submissions import submission_page


@blueprint.post("/submissions/<int:submission_id>/mark")
def mark(submission_id: int) -> ResponseReturnValue:
    """Points and a comment from a marker; what cannot be taken comes back as it was typed."""
    seen = submission_for(submission_id, with_source=True)
    require(Verb.MARK, seen.submission.course_id)
    marker_id, points = current_person().id, request.form.get("points", "").strip()
    # Lines come with CR LF, and PostgreSQL keeps no NUL.
    comment = request.form.get("comment", "").replace("\r\n", "\n").replace("\0", "")
    try:
        with transaction() as session:
            marking.mark(
                session, submission_id, marker_id=marker_id, points=_number(points), comment=comment, now=utc_now()
            )
    except Faulty as fault:
        return submission_page(seen, Typed(points, comment, fault.errors)), 422
    flash("Marked.", "good")
    return redirect(url_for("student.submission", submission_id=submission_id), 303)


def _number(text: str) -> float:
    """With a point or a decimal comma; not a number for anything else."""
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return math.nan
