"""From a draft to an immutable version, and out of use again: who may, what it changes for whom.

The bank is one for all courses of an installation: another version of a question is at once what every course that has
it asks. So it is for the staff of a course that uses the question; where none does, for whoever may edit questions.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Label, func, select
from sqlalchemy.orm import Session

from grader.clock import utc_now
from grader.errors import AuthorFault
from grader.services.access import VERBS, Verb
from grader.services.auditing import audit
from grader.services.questions import verifications
from grader.services.questions.publish import Published, find_version, publish
from grader.services.questions.workshop import check_readable, close, draft_of, files_of_draft
from grader.services.refusals import Reason, Refused
from grader.spec.load import load_question
from grader.store.courses import Assignment, AssignmentItem, Course, Enrolment
from grader.store.people import Person
from grader.store.questions import Question
from grader.store.submissions import Submission
from grader.store.words import Purpose
from grader.store.workshop import QuestionDraft


@dataclass(frozen=True, slots=True)
class Use:
    """An assignment that asks the question."""

    course: Course
    assignment: Assignment
    item_id: int
    submissions: int  # handed in so far, graded by earlier versions
    is_here: bool  # in the course that this page belongs to

    def is_open(self, now: dt.datetime) -> bool:
        """Whether students can hand in just now, by the assignment's own times."""
        opens_at, closes_at = self.assignment.opens_at, self.assignment.closes_at
        return (opens_at is None or opens_at <= now) and (closes_at is None or now < closes_at)


def uses(session: Session, name: str, course_id: int) -> list[Use]:
    """Everywhere the question is asked, this course first."""
    found = session.execute(
        select(Course, Assignment, AssignmentItem.id, _submissions())
        .join(Assignment, Assignment.course_id == Course.id)
        .join(AssignmentItem, AssignmentItem.assignment_id == Assignment.id)
        .join(Question, Question.id == AssignmentItem.question_id)
        .where(Question.name == name)
        .order_by(Course.id, Assignment.position, Assignment.id)
    ).all()
    rows = [
        Use(course, assignment, item_id, count, course.id == course_id) for course, assignment, item_id, count in found
    ]
    return sorted(rows, key=lambda use: not use.is_here)


def why_not(session: Session, person: Person, name: str) -> str | None:
    """Why this person may not change what the question is for everybody; None for somebody who may."""
    if person.is_admin:
        return None
    using = session.scalars(
        select(Assignment.course_id)
        .join(AssignmentItem, AssignmentItem.assignment_id == Assignment.id)
        .join(Question, Question.id == AssignmentItem.question_id)
        .where(Question.name == name)
        .distinct()
    ).all()
    if not using:
        return None
    editing = [role for role, verbs in VERBS.items() if Verb.EDIT_QUESTIONS in verbs]
    count = session.scalar(
        select(func.count())
        .select_from(Enrolment)
        .where(
            Enrolment.person_id == person.id,
            Enrolment.course_id.in_(using),
            Enrolment.role.in_(editing),
            Enrolment.ended_at.is_(None),
        )
    )
    if count:
        return None
    return (
        f"{name} is asked in courses whose staff you do not belong to. Ask them, or an administrator, to publish it; "
        "or give your question another name."
    )


def publish_draft(
    session: Session, course_id: int, draft_id: int, *, digest: str, actor: Person, now: dt.datetime | None = None
) -> tuple[Published, str]:
    """Make the draft the question's live version; with the name of the question. Raises Refused.

    `digest` is what the person was looking at: a draft that has changed since is not published. These very bytes must
    have passed a verification, or have been published before.
    """
    session.get(QuestionDraft, draft_id, with_for_update=True)  # nobody edits it until this is done
    draft = draft_of(session, course_id, draft_id, with_files=True)
    files = files_of_draft(draft)
    try:
        question = load_question(files, draft.name)
    except AuthorFault as fault:
        raise Refused(Reason.INVALID, f"It cannot be read as a question: {fault}") from fault
    if question.version != draft.digest or draft.digest != digest:
        raise Refused(Reason.CONFLICT, "Somebody has edited this draft meanwhile. Look at it, then verify it again.")
    refused = why_not(session, actor, draft.name)
    if refused is not None:
        raise Refused(Reason.FORBIDDEN, refused)
    check_readable(session, actor, _question(session, draft.name))
    proof = verifications.passed(session, draft.name, question.version)
    if proof is None and find_version(session, draft.name, question.version) is None:
        raise Refused(Reason.CONFLICT, "These files have passed no verification yet. Verify them, then publish.")
    published = publish(session, question, published_by=actor.id)
    close(session, draft)
    audit.record(
        session,
        "question.published",
        f"question:{draft.name}",
        actor_id=actor.id,
        course_id=course_id,
        detail={
            "digest": question.version,
            "number": published.number,
            "draft": draft.id,
            "verification": None if proof is None else proof.id,
        },
        now=now,
    )
    return published, draft.name


def set_retired(session: Session, course_id: int, question_id: int, *, is_retired: bool, actor: Person) -> None:
    """Offer the question to no further assignment, or again to all; raises Refused. Those that have it go on."""
    question = session.get(Question, question_id, with_for_update=True)
    if question is None or question.live_version_id is None:
        raise Refused(Reason.NOT_FOUND, "There is no such question.")
    refused = why_not(session, actor, question.name)
    if refused is not None:
        raise Refused(Reason.FORBIDDEN, refused)
    if (question.retired_at is not None) == is_retired:
        return
    question.retired_at = utc_now() if is_retired else None
    act = "question.retired" if is_retired else "question.taken_back"
    audit.record(session, act, f"question:{question.name}", actor_id=actor.id, course_id=course_id)


def _question(session: Session, name: str) -> Question | None:
    return session.scalars(select(Question).where(Question.name == name)).one_or_none()


def _submissions() -> Label[int]:
    return (
        select(func.count())
        .where(Submission.item_id == AssignmentItem.id, Submission.purpose == Purpose.SUBMIT)
        .correlate(AssignmentItem)
        .scalar_subquery()
        .label("submissions")
    )
