"""Who may see a submission, and how much of it."""

from __future__ import annotations

from dataclasses import dataclass

from flask import abort
from sqlalchemy.orm import Session, joinedload, undefer

from grader.pipeline.feedback import Audience
from grader.services.access import Verb
from grader.services.questions.question_bank import audience_for
from grader.store.courses import Assignment, AssignmentItem
from grader.store.questions import QuestionVersion
from grader.store.submissions import Submission
from web.database import reading
from web.login import current_person, held_verbs, require


@dataclass(frozen=True, slots=True)
class Seen:
    """A submission and the eyes it is seen with."""

    submission: Submission
    audience: Audience
    is_own: bool

    @property
    def is_staff_view(self) -> bool:
        """Whether hidden cases, staff notes and the seed are shown."""
        return self.audience is Audience.STAFF


def submission_for(submission_id: int, *, with_source: bool = False) -> Seen:
    """The submission for its owner or for who may see everybody's; to all others it does not exist (404)."""
    person = current_person()
    submission = _load(reading(), submission_id, with_source)
    if submission is None:
        abort(404)
    verbs = held_verbs(reading(), person, submission.course_id)
    is_own = submission.person_id == person.id
    if Verb.VIEW_ANY in verbs:
        verb = Verb.VIEW_ANY
    elif is_own and Verb.VIEW_OWN in verbs:
        verb = Verb.VIEW_OWN
    else:
        abort(404)
    require(verb, submission.course_id)
    audience = audience_for(reading(), person, submission.version.question_id, verbs)
    return Seen(submission, audience, is_own)


def _load(session: Session, submission_id: int, with_source: bool) -> Submission | None:
    to_version = joinedload(Submission.version)
    if not with_source:
        # Asked for again and again while somebody waits: a question's texts are not needed for that.
        light = to_version.load_only(QuestionVersion.question_id, QuestionVersion.max_score)
        return session.get(Submission, submission_id, options=[light])
    to_item = joinedload(Submission.item)
    options = [
        to_version,
        joinedload(Submission.person),
        joinedload(Submission.answer),
        to_item.joinedload(AssignmentItem.assignment).joinedload(Assignment.course),
        to_item.joinedload(AssignmentItem.question),
        undefer(Submission.source),
    ]
    return session.get(Submission, submission_id, options=options)
