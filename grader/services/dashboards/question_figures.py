"""The questions of an assignment beside each other: which is hard, which is not tried, which waits for a marker."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from grader.services.grades.grades import AWAITING_MARKING, FAILED, QUEUED
from grader.store.courses import Assignment, AssignmentItem, Enrolment
from grader.store.questions import Question, QuestionVersion
from grader.store.standings import Standing
from grader.store.words import CourseRole


class Order(StrEnum):
    """How the questions are sorted."""

    PLACE = "place"  # as in the assignment
    FIRST_TRY = "first_try"  # the lowest first, as with all that follow: what needs a look stands at the top
    SOLVED = "solved"
    MEAN = "mean"
    TRIED = "tried"
    ATTEMPTS = "attempts"  # the most first, as with those that wait
    WAITING = "waiting"
    TO_MARK = "to_mark"


@dataclass(slots=True)
class QuestionFigures:
    """One question. Counts are of students; `attempts` how many solved it at which attempt."""

    item_id: int
    slug: str
    title: str
    place: int
    students: int
    tried: int = 0
    graded: int = 0
    first_graded: int = 0
    first_right: int = 0
    solved: int = 0
    waiting: int = 0
    failed: int = 0
    to_mark: int = 0
    handed_in: int = 0  # submissions
    shares: float = 0.0  # the sum of what those with a score have of full marks
    attempts: Counter[int] = field(default_factory=Counter)

    @property
    def first_try_share(self) -> float | None:
        """Of those whose first attempt was graded, who had it right."""
        return self.first_right / self.first_graded if self.first_graded else None

    @property
    def solved_share(self) -> float | None:
        """Of all students."""
        return self.solved / self.students if self.students else None

    @property
    def mean_share(self) -> float | None:
        """Of full marks, over those with a score."""
        return self.shares / self.graded if self.graded else None

    @property
    def median_attempts(self) -> float | None:
        """How many attempts it took, over those who solved it."""
        return _median(self.attempts)


def compared_questions(session: Session, assignment_id: int, order: Order = Order.PLACE) -> list[QuestionFigures]:
    """Every question of the assignment; wants fresh standings."""
    course_id = session.scalars(select(Assignment.course_id).where(Assignment.id == assignment_id)).one()
    is_student = and_(
        Enrolment.course_id == course_id, Enrolment.role == CourseRole.STUDENT, Enrolment.ended_at.is_(None)
    )
    students = session.scalar(select(func.count()).select_from(Enrolment).where(is_student)) or 0
    found = {
        id_: QuestionFigures(id_, slug, title or slug, place, students)
        for place, (id_, slug, title) in enumerate(
            session.execute(
                select(AssignmentItem.id, AssignmentItem.slug, QuestionVersion.title)
                .join(Question, Question.id == AssignmentItem.question_id)
                .outerjoin(QuestionVersion, QuestionVersion.id == Question.live_version_id)
                .where(AssignmentItem.assignment_id == assignment_id)
                .order_by(AssignmentItem.position, AssignmentItem.id)
            ),
            start=1,
        )
    }
    rows = session.connection().execute(
        select(
            Standing.item_id,
            Standing.state,
            Standing.solved_on_attempt,
            func.count(),
            func.count(Standing.first_submitted_at),
            func.count(Standing.first_share),
            func.count(Standing.score),
            func.sum(Standing.attempts),
            func.sum(Standing.score / func.nullif(Standing.max_score, 0.0)),
        )
        .join(Enrolment, and_(Enrolment.person_id == Standing.person_id, is_student))
        .where(Standing.item_id.in_(found))
        .group_by(Standing.item_id, Standing.state, Standing.solved_on_attempt)
    )
    for item_id, state, solved_at, people, tried, first_graded, graded, attempts, shares in rows:
        of = found[item_id]
        of.tried += tried
        of.first_graded += first_graded
        of.graded += graded
        of.handed_in += attempts
        of.shares += shares or 0.0
        of.waiting += people if state == QUEUED else 0
        of.failed += people if state == FAILED else 0
        of.to_mark += people if state == AWAITING_MARKING else 0
        if solved_at is not None:
            of.solved += people
            of.first_right += people if solved_at == 1 else 0
            of.attempts[solved_at] += people
    return _sorted(found.values(), order)


def _sorted(questions: Iterable[QuestionFigures], order: Order) -> list[QuestionFigures]:
    def by(question: QuestionFigures) -> float:
        match order:
            case Order.PLACE:
                return question.place
            case Order.FIRST_TRY:
                return _last_without(question.first_try_share)
            case Order.SOLVED:
                return _last_without(question.solved_share)
            case Order.MEAN:
                return _last_without(question.mean_share)
            case Order.TRIED:
                return question.tried
            case Order.ATTEMPTS:
                return -(question.median_attempts or 0)
            case Order.WAITING:
                return -(question.waiting + question.failed)
            case Order.TO_MARK:
                return -question.to_mark

    return sorted(questions, key=lambda question: (by(question), question.place))


def _last_without(share: float | None) -> float:
    return 2.0 if share is None else share


def _median(counts: Counter[int]) -> float | None:
    total = counts.total()
    if not total:
        return None
    low, high = (_at(counts, place) for place in ((total - 1) // 2, total // 2))
    return (low + high) / 2


def _at(counts: Counter[int], place: int) -> int:
    """The value at this place, were all of them written out in order."""
    for value in sorted(counts):
        if place < counts[value]:
            return value
        place -= counts[value]
    raise IndexError(place)
