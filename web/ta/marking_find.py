"""What an address of marking names, for whoever may mark; 404 for any other."""

from __future__ import annotations

from dataclasses import dataclass

from flask import abort, url_for
from sqlalchemy.orm import Session, joinedload, undefer

from grader.services.access import Verb
from grader.services.marking.marking_queue import Entry, Queue, queue
from grader.services.questions.question_bank import may_read_secrets
from grader.services.refusals import Reason, Refused
from grader.store.courses import Assignment, AssignmentItem, Course
from grader.store.questions import Question, QuestionVersion
from grader.store.submissions import Submission
from web.login import course_for, current_person, require
from web.places import assignment_in, item_in


@dataclass(frozen=True, slots=True)
class Place:
    """One answer in the queue that it stands in; `index` is None where it is an earlier attempt or a teacher's."""

    item: AssignmentItem
    queue: Queue
    entry: Entry
    index: int | None


def course_to_mark(course_slug: str, verb: Verb = Verb.MARK) -> Course:
    """The course: markers read everybody's answers, so both verbs are needed."""
    course = course_for(course_slug, verb)
    require(Verb.VIEW_ANY, course.id)
    require(verb, course.id)
    return course


def assignment_to_mark(course_slug: str, assignment_slug: str, verb: Verb = Verb.MARK) -> tuple[Course, Assignment]:
    """One assignment of it."""
    course = course_to_mark(course_slug, verb)
    return course, assignment_in(course, assignment_slug)


def item_to_mark(course_slug: str, assignment_slug: str, item_slug: str) -> tuple[Course, AssignmentItem]:
    """One question of the assignment."""
    course, assignment = assignment_to_mark(course_slug, assignment_slug)
    to_version = joinedload(AssignmentItem.question).joinedload(Question.live_version)
    return course, item_in(assignment, item_slug, joinedload(AssignmentItem.assignment), to_version)


def place_of(session: Session, item: AssignmentItem, code: str) -> Place:
    """Where the answer of that code stands for the person logged in; Refused for whom the key beside it is a secret."""
    if not may_read_secrets(session, current_person(), item.question_id):
        raise Refused(
            Reason.FORBIDDEN,
            "You are asked this question as a student in another course, so its model answer is not for you to read. "
            "Have somebody else mark it.",
        )
    marker_id = current_person().id
    found = queue(session, item, marker_id)
    index = found.index(code)
    if index is not None:
        return Place(item, found, found.entries[index], index)
    everything = queue(session, item, marker_id, with_all=True)
    index = everything.index(code)
    if index is None:
        abort(404)
    return Place(item, found, everything.entries[index], None)


def answer_with_key(session: Session, submission_id: int) -> Submission:
    """A submission with all that its marker reads."""
    to_version = joinedload(Submission.version)
    return session.get_one(
        Submission,
        submission_id,
        options=[
            to_version.undefer(QuestionVersion.answer_key),
            joinedload(Submission.answer),
            undefer(Submission.source),
        ],
    )


def answer_url(course: Course, item: AssignmentItem, code: str) -> str:
    """The page on which the answer is marked."""
    return url_for(
        "ta.marking_answer",
        course_slug=course.slug,
        assignment_slug=item.assignment.slug,
        item_slug=item.slug,
        code=code,
    )


def item_url(course: Course, item: AssignmentItem) -> str:
    """The page of all answers to the question."""
    return url_for(
        "ta.marking_item", course_slug=course.slug, assignment_slug=item.assignment.slug, item_slug=item.slug
    )
