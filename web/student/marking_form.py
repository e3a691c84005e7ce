"""The form with which an answer in words is marked, as it stands on the answer's page."""

from __future__ import annotations

from dataclasses import dataclass, field

from grader.services.access import Verb
from grader.services.marking import (
    MAX_COMMENT_CHARACTERS,
    is_marked_by_people,
    most_points,
    next_waiting,
    points_of_choice,
)
from grader.store.people import Person
from grader.store.submissions import Submission
from web.database import reading
from web.login import allowed


@dataclass(frozen=True, slots=True)
class Typed:
    """What a marker sent that could not be taken, and why, by field."""

    points: str
    comment: str
    errors: dict[str, str]


@dataclass(frozen=True, slots=True)
class MarkingForm:
    """What stands in the form, who marked before, and where to go on."""

    points: str
    most: float
    comment: str
    marker: str | None
    next_id: int | None
    errors: dict[str, str] = field(default_factory=dict)
    most_characters: int = MAX_COMMENT_CHARACTERS


def marking_form(submission: Submission, typed: Typed | None) -> MarkingForm | None:
    """For whoever may mark it; None for all others, and for what no person marks."""
    answer = submission.answer
    if answer is None or not is_marked_by_people(submission) or not allowed(Verb.MARK, submission.course_id):
        return None
    marker = None if answer.marked_by is None else reading().get_one(Person, answer.marked_by).name
    next_id, most = next_waiting(reading(), submission), most_points(submission)
    if typed is not None:
        return MarkingForm(typed.points, most, typed.comment, marker, next_id, typed.errors)
    points = "" if answer.points is None else f"{answer.points - points_of_choice(submission):.10g}"
    return MarkingForm(points, most, answer.comment, marker, next_id)
