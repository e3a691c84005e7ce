"""Who may do what: verbs, roles as sets of verbs, and the one question that every handler asks. Deny by default."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from grader.store.courses import Enrolment
from grader.store.people import Person
from grader.store.words import CourseRole


class Verb(StrEnum):
    """Something that can be done in a course."""

    VIEW_COURSE = "view_course"
    SUBMIT = "submit"
    VIEW_OWN = "view_own"  # own submissions, results and scores
    VIEW_ANY = "view_any"  # everybody's submissions and results, with staff notes
    VIEW_SCORES = "view_scores"  # dashboards and exports
    MARK = "mark"  # written answers
    RERUN = "rerun"  # have a submission graded again
    VIEW_ROSTER = "view_roster"
    EDIT_ROSTER = "edit_roster"  # import, invite, roles, sections
    EDIT_ASSIGNMENTS = "edit_assignments"  # also windows and what is not visible yet
    GRANT_EXTENSIONS = "grant_extensions"
    VIEW_QUESTIONS = "view_questions"  # versions, health, reference solutions
    COMMENT = "comment"  # on submissions, and to everybody who made one mistake
    OVERRIDE = "override"  # points of single grades
    RELEASE = "release"  # hold grades back and release them
    ANSWER_REQUESTS = "answer_requests"  # regrade requests of students, and appeals
    VIEW_SIMILARITY = "view_similarity"
    VIEW_AUDIT = "view_audit"
    EDIT_QUESTIONS = "edit_questions"  # write, verify, publish, retire
    REGRADE = "regrade"  # a class by another version
    COPY_COURSE = "copy_course"  # for next year, and as an archive


_STUDENT = frozenset({Verb.VIEW_COURSE, Verb.SUBMIT, Verb.VIEW_OWN})
_TA = _STUDENT | {
    Verb.VIEW_ANY,
    Verb.VIEW_SCORES,
    Verb.MARK,
    Verb.RERUN,
    Verb.VIEW_ROSTER,
    Verb.VIEW_QUESTIONS,
    Verb.GRANT_EXTENSIONS,
    Verb.COMMENT,
    Verb.OVERRIDE,
    Verb.RELEASE,
    Verb.ANSWER_REQUESTS,
    Verb.VIEW_SIMILARITY,
    Verb.VIEW_AUDIT,
}

VERBS: dict[CourseRole, frozenset[Verb]] = {
    CourseRole.STUDENT: _STUDENT,
    CourseRole.TA: _TA,
    CourseRole.STAFF: frozenset(Verb),
}


def enrolment_of(session: Session, person_id: int, course_id: int) -> Enrolment | None:
    """The person's enrolment while it lasts."""
    return session.scalars(
        select(Enrolment).where(
            Enrolment.person_id == person_id, Enrolment.course_id == course_id, Enrolment.ended_at.is_(None)
        )
    ).one_or_none()


def verbs_of(session: Session, person: Person, course_id: int) -> frozenset[Verb]:
    """Everything the person may do in the course; empty for a stranger and for a disabled account."""
    if person.disabled_at is not None:
        return frozenset()
    if person.is_admin:
        return frozenset(Verb)
    role = session.scalar(
        select(Enrolment.role).where(
            Enrolment.person_id == person.id, Enrolment.course_id == course_id, Enrolment.ended_at.is_(None)
        )
    )
    return frozenset() if role is None else VERBS[role]


def may(session: Session, person: Person, verb: Verb, course_id: int) -> bool:
    """Whether the person may do it there."""
    return verb in verbs_of(session, person, course_id)
