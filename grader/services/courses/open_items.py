"""The items that a person can hand in, found by the names that programs use."""

from __future__ import annotations

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from grader.clock import utc_now
from grader.services.access import VERBS, Verb
from grader.services.courses.courses import may_read
from grader.services.courses.windows import state_at, windows_of
from grader.services.refusals import Reason, Refused
from grader.spec.words import did_you_mean
from grader.store.courses import Assignment, AssignmentItem, Course, Enrolment
from grader.store.questions import Question

_SUBMITTING = [role for role, verbs in VERBS.items() if Verb.SUBMIT in verbs]
_EDITING = [role for role, verbs in VERBS.items() if Verb.EDIT_ASSIGNMENTS in verbs]


def open_items(
    session: Session, person_id: int, *, course: str | None = None, assignment: str | None = None
) -> list[AssignmentItem]:
    """Every published item that the person may read in the courses they take part in, in the order of the pages.

    Also of assignments that have closed; of one that has not opened only for those who teach. `course` and
    `assignment` are slugs.
    """
    return [item for item, may in _items(session, person_id, course, assignment) if may]


def _items(
    session: Session, person_id: int, course: str | None, assignment: str | None
) -> list[tuple[AssignmentItem, bool]]:
    """All of them, each with whether the person may read it now."""
    wanted = (
        select(AssignmentItem, Enrolment.role)
        .join(AssignmentItem.assignment)
        .join(Assignment.course)
        .join(AssignmentItem.question)
        .join(Enrolment, Enrolment.course_id == Course.id)
        .where(
            Enrolment.person_id == person_id,
            Enrolment.ended_at.is_(None),
            Enrolment.role.in_(_SUBMITTING),
            or_(Assignment.is_visible, Enrolment.role.in_(_EDITING)),
            Course.archived_at.is_(None),
            Question.live_version_id.is_not(None),
        )
        .options(
            joinedload(AssignmentItem.assignment).joinedload(Assignment.course),
            joinedload(AssignmentItem.question).joinedload(Question.live_version),
        )
        .order_by(Course.slug, Assignment.position, Assignment.id, AssignmentItem.position, AssignmentItem.id)
    )
    if course is not None:
        wanted = wanted.where(Course.slug == course)
    if assignment is not None:
        wanted = wanted.where(Assignment.slug == assignment)
    found = session.execute(wanted).all()
    now, may = utc_now(), {}
    for item, role in found:
        if item.assignment_id not in may:
            state = state_at(windows_of(session, item.assignment, person_id), now)
            may[item.assignment_id] = may_read(item.assignment, state, VERBS[role])
    return [(item, may[item.assignment_id]) for item, _ in found]


def item_named(
    session: Session, person_id: int, question: str, *, course: str | None = None, assignment: str | None = None
) -> AssignmentItem:
    """The one item of the question of that name, or whose name ends so; raises Refused with what to do instead.

    What is asked in an assignment that has not opened is not told by any refusal either.
    """
    everything = _items(session, person_id, course, assignment)
    items = [item for item, may in everything if may]
    if everything and not items:
        raise Refused(Reason.NOT_OPEN, "This assignment is not open yet.")
    found = [item for item in items if item.question.name == question] or [
        item for item in items if item.question.name.endswith("/" + question) or item.slug == question
    ]
    if len(found) == 1:
        return found[0]
    if not found:
        names = [item.question.name for item in items]
        known = names if "/" in question else [name.rpartition("/")[2] for name in names]
        advice = did_you_mean(question, dict.fromkeys(known)) if known else "; there is nothing that you can hand in"
        raise Refused(Reason.NOT_FOUND, f"There is no question {question[:200]!r} that you can hand in{advice}")
    if len({item.question.name for item in found}) > 1:
        could = " or ".join(dict.fromkeys(item.question.name for item in found))
        raise Refused(Reason.CONFLICT, f"{question!r} could be {could}: say the whole id.")
    places = ", ".join(f"{item.assignment.course.slug}/{item.assignment.slug}" for item in found)
    raise Refused(
        Reason.CONFLICT,
        f"{question} is part of several assignments ({places}): say which, by 'course' and 'assignment'.",
    )
