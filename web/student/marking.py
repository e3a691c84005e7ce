"""What a marker gave an answer in words, as its student reads it; and for markers the way to their page."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from flask import abort, redirect, url_for
from flask.typing import ResponseReturnValue

from grader.services.access import Verb
from grader.services.handing_in.written import key_of
from grader.services.marking.marking import is_marked_by_people, marks_of, ticked_that_count
from grader.services.marking.marking_queue import code_of
from grader.spec.answer_key import RubricItem
from grader.store.submissions import Submission
from web.database import reading
from web.login import allowed, current_person, require
from web.student import blueprint
from web.student.access import submission_for


@dataclass(frozen=True, slots=True)
class Marked:
    """What counts. Of the rubric only what was met: the rest would tell what is missing."""

    ticked: tuple[RubricItem, ...]
    comment: str
    at: dt.datetime | None


def marked_of(submission: Submission) -> Marked | None:
    """For whoever may see the grade; None before it is marked, and for what no person marks."""
    answer = submission.answer
    if answer is None or answer.points is None or not is_marked_by_people(submission):
        return None
    wanted = submission.item.assignment.markers_wanted
    names = ticked_that_count(marks_of(reading(), submission), wanted)
    rubric = key_of(submission.version).rubric if names else ()
    return Marked(tuple(item for item in rubric if item.name in names), answer.comment, answer.marked_at)


def marking_url(submission: Submission) -> str | None:
    """Where the answer is marked, for those who may; None for all others and for what no person marks."""
    if submission.answer is None or not is_marked_by_people(submission) or not allowed(Verb.MARK, submission.course_id):
        return None
    item = submission.item
    return url_for(
        "ta.marking_answer",
        course_slug=item.assignment.course.slug,
        assignment_slug=item.assignment.slug,
        item_slug=item.slug,
        code=code_of(item.id, current_person().id, submission.id),
    )


@blueprint.get("/submissions/<int:submission_id>/mark")
def mark(submission_id: int) -> ResponseReturnValue:
    """An address from before there was a page for marking."""
    seen = submission_for(submission_id, with_source=True)
    require(Verb.MARK, seen.submission.course_id)
    to = marking_url(seen.submission)
    if to is None:
        abort(404)
    return redirect(to, 303)
