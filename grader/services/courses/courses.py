"""What somebody finds in their courses: assignments, questions, and how far they have come."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from grader.services.access import Verb
from grader.services.courses.windows import Window, WindowState, state_at, windows_in, windows_of
from grader.services.grades.grades import FAILED, NONE, ItemGrade, grades_in, with_full_marks
from grader.services.grades.releases import held_from
from grader.services.grading.results import shown_grade
from grader.services.refusals import Reason, Refused
from grader.store.courses import Assignment, AssignmentItem, Course, Enrolment
from grader.store.people import Person
from grader.store.questions import QuestionVersion

_NEVER = dt.datetime.max.replace(tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True)
class Progress:
    """One assignment as one person finds it: their times, their grades in the order of the items, and the sums."""

    assignment: Assignment
    window: Window
    state: WindowState
    grades: tuple[ItemGrade, ...]
    is_held: bool = False  # the grades are there, and the person does not see them yet

    @property
    def score(self) -> float:
        """What counts so far."""
        return sum(grade.score or 0.0 for grade in self.grades)

    @property
    def max_score(self) -> float:
        """What can be reached."""
        return sum(grade.max_score for grade in self.grades)

    @property
    def attempted(self) -> int:
        """At how many questions something was handed in that could be graded, or may still be."""
        return sum(grade.state not in {NONE, FAILED} for grade in self.grades)

    @property
    def is_open(self) -> bool:
        """Whether something can be handed in now."""
        return self.state in {WindowState.OPEN, WindowState.LATE}


def courses_of(session: Session, person: Person) -> list[Course]:
    """The courses that the person takes part in, running ones first; an administrator sees all."""
    wanted = select(Course)
    if not person.is_admin:
        wanted = wanted.join(Enrolment, Enrolment.course_id == Course.id).where(
            Enrolment.person_id == person.id, Enrolment.ended_at.is_(None)
        )
    found = session.scalars(wanted.order_by(Course.title, Course.id))
    return sorted(found, key=lambda course: course.archived_at is not None)


def visible_assignments(session: Session, course_id: int, verbs: Collection[Verb]) -> list[Assignment]:
    """The course's assignments in their order, with their items; drafts only for those who edit them."""
    wanted = select(Assignment).where(Assignment.course_id == course_id).options(*with_full_marks())
    if Verb.EDIT_ASSIGNMENTS not in verbs:
        wanted = wanted.where(Assignment.is_visible)
    return list(session.scalars(wanted.order_by(Assignment.position, Assignment.id)).unique())


def progress_of(
    session: Session, assignment: Assignment, person_id: int, now: dt.datetime, verbs: Collection[Verb]
) -> Progress:
    """How the person, who has these verbs, stands in the assignment."""
    [progress] = progress_in(session, [assignment], person_id, now, verbs)
    return progress


def progress_in(
    session: Session, assignments: Sequence[Assignment], person_id: int, now: dt.datetime, verbs: Collection[Verb]
) -> list[Progress]:
    """The same for several assignments, in the same few queries."""
    windows = windows_in(session, assignments, person_id)
    grades = grades_in(session, assignments, windows, person_id)
    held = held_from(session, [assignment.id for assignment in assignments], person_id, verbs)
    return [
        Progress(
            assignment,
            windows[assignment.id],
            state_at(windows[assignment.id], now),
            tuple(shown_grade(grades[item.id], is_held=assignment.id in held) for item in assignment.items),
            assignment.id in held,
        )
        for assignment in assignments
    ]


def next_due(progress: Collection[Progress]) -> Progress | None:
    """The open assignment that is due first; None when nothing presses."""
    pressing = [one for one in progress if one.state is WindowState.OPEN and one.window.due_at is not None]
    return min(pressing, key=lambda one: one.window.due_at or _NEVER, default=None)


def assignment_at(session: Session, course_id: int, slug: str, verbs: Collection[Verb]) -> Assignment:
    """The assignment of that name for somebody with these verbs; raises Refused."""
    assignment = (
        session.scalars(
            select(Assignment)
            .where(Assignment.course_id == course_id, Assignment.slug == slug)
            .options(*with_full_marks())
        )
        .unique()
        .one_or_none()
    )
    if assignment is None or not (assignment.is_visible or Verb.EDIT_ASSIGNMENTS in verbs):
        raise Refused(Reason.NOT_FOUND, "There is no such assignment in this course.")
    return assignment


def may_read(assignment: Assignment, state: WindowState, verbs: Collection[Verb]) -> bool:
    """Whether somebody with these verbs may read the questions: students once they are open, those who teach before."""
    if not assignment.is_visible and Verb.EDIT_ASSIGNMENTS not in verbs:
        return False
    return state is not WindowState.NOT_OPEN or Verb.VIEW_ANY in verbs


def readable_item(
    session: Session,
    course: Course,
    assignment_slug: str,
    item_slug: str,
    *,
    person_id: int,
    verbs: Collection[Verb],
    now: dt.datetime,
) -> AssignmentItem:
    """The item, for somebody with these verbs who may read it; raises Refused.

    Before the assignment opens, every name in it gets the same answer: else names could be tried out.
    """
    assignment = assignment_at(session, course.id, assignment_slug, verbs)
    if not may_read(assignment, state_at(windows_of(session, assignment, person_id), now), verbs):
        raise Refused(Reason.NOT_OPEN, "This assignment is not open yet. Its page says when it opens.")
    item = next((item for item in assignment.items if item.slug == item_slug), None)
    if item is None:
        raise Refused(Reason.NOT_FOUND, "There is no such question in this assignment.")
    set_committed_value(item, "assignment", assignment)  # else it is loaded again
    return item


def live_version(session: Session, item: AssignmentItem) -> QuestionVersion:
    """The version that is handed in to now, with all that its page shows; raises Refused when there is none."""
    version = session.scalars(
        select(QuestionVersion).where(QuestionVersion.id == item.question.live_version_id)
    ).one_or_none()
    if version is None:
        raise Refused(Reason.NOT_FOUND, "This question is not published yet. Ask the course staff.")
    return version
