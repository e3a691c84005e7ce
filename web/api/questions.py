"""What the person can hand in, until when, and how it stands."""

from __future__ import annotations

import msgspec
from flask import Response, request

from grader.clock import utc_now
from grader.services.courses.open_items import open_items
from grader.services.courses.windows import state_at, window_of
from grader.services.grades.grades import ItemGrade, grades_of_person
from grader.services.grades.releases import held_from
from grader.services.grading.results import shown_grade
from grader.services.people.tokens import Scope
from grader.store.courses import AssignmentItem
from web.api import blueprint
from web.api.caller import READING_LIMIT, caller, limit_key
from web.api.messages import QuestionList, SubmittableQuestion
from web.database import reading
from web.login import held_verbs
from web.protection import limiter


@blueprint.get("/questions")
@limiter.limit(READING_LIMIT, key_func=limit_key)
def questions() -> Response:
    """Every question that the person can hand in; `course` and `assignment` narrow it down."""
    person = caller(Scope.READ)
    session = reading()
    items = open_items(session, person.id, course=request.args.get("course"), assignment=request.args.get("assignment"))
    grades: dict[int, ItemGrade] = {}
    for assignment in {item.assignment for item in items}:
        verbs = held_verbs(session, person, assignment.course_id)
        is_held = bool(held_from(session, [assignment.id], person.id, verbs))
        for item_id, grade in grades_of_person(session, assignment.id, person.id).items():
            grades[item_id] = shown_grade(grade, is_held=is_held)
    listed = QuestionList([_described(item, grades[item.id], person.id) for item in items])
    return Response(msgspec.json.encode(listed), content_type="application/json")


def _described(item: AssignmentItem, grade: ItemGrade, person_id: int) -> SubmittableQuestion:
    version = item.question.live_version
    assert version is not None
    window = window_of(reading(), item, person_id)
    allowed = window.attempts_allowed
    return SubmittableQuestion(
        question=item.question.name,
        title=version.title,
        kind=version.kind,  # type: ignore[arg-type]
        entry=version.entry_name,
        device=version.device,
        course=item.assignment.course.slug,
        assignment=item.assignment.slug,
        item=item.slug,
        state=state_at(window, utc_now()).value,
        opens_at=window.opens_at,
        due_at=window.due_at,
        closes_at=window.closes_at,
        attempts_allowed=allowed,
        attempts_used=grade.attempts_used,
        attempts_left=None if allowed is None else max(0, allowed - grade.attempts_used),
        max_score=grade.max_score,
        best_score=grade.score,
    )
