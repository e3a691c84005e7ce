"""Marking an answer in words; its form stands on the page of the submission."""

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
from web.staff.forms import Form
from web.student.access import submission_for
from web.student.marking_form import Typed
from web.student.submissions import submission_page
from web.ta import blueprint


@blueprint.post("/submissions/<int:submission_id>/mark")
def mark(submission_id: int) -> ResponseReturnValue:
    """Points and a comment; what cannot be taken comes back as it was typed."""
    seen = submission_for(submission_id, with_source=True)
    require(Verb.MARK, seen.submission.course_id)
    marker_id, form = current_person().id, Form.sent(request.form)
    points, comment = form.number("points"), form.values.get("comment", "")
    try:
        with transaction() as session:
            marking.mark(
                session,
                submission_id,
                marker_id=marker_id,
                points=math.nan if points is None else points,
                comment=comment,
                now=utc_now(),
            )
    except Faulty as fault:
        return submission_page(seen, Typed(form.text("points"), comment, fault.errors)), 422
    flash("Marked.", "good")
    return redirect(url_for("student.submission", submission_id=submission_id), 303)
