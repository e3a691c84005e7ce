"""One question over the class: where each student stands with it, and how they fall into groups.

A figure and the list behind it come from one function, `group_of`: a bar counts exactly the students that it leads to.
"""

from __future__ import annotations

import datetime as dt
import statistics
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from grader.services.courses.windows import windows_of_everybody
from grader.services.grades.grades import NEARLY, NONE
from grader.store.courses import AssignmentItem, Enrolment
from grader.store.people import Person
from grader.store.standings import Standing
from grader.store.words import CourseRole

PAGE_SIZE = 50
SCORE_BINS = 10
FULL = "full"
NOT_YET = "not_yet"
LATE = "late"

_HOUR = dt.timedelta(hours=1)
_DAY = dt.timedelta(days=1)
# How long before the deadline: at least this much; the last is what is left of the time before it.
_BEFORE = (
    ("7d", 7 * _DAY, "over 7 d", "more than 7 days before the deadline"),
    ("3d", 3 * _DAY, "3–7 d", "3 to 7 days before the deadline"),
    ("1d", _DAY, "1–3 d", "1 to 3 days before the deadline"),
    ("12h", 12 * _HOUR, "12–24 h", "12 to 24 hours before the deadline"),
    ("6h", 6 * _HOUR, "6–12 h", "6 to 12 hours before the deadline"),
    ("3h", 3 * _HOUR, "3–6 h", "3 to 6 hours before the deadline"),
    ("1h", _HOUR, "1–3 h", "1 to 3 hours before the deadline"),
    ("0h", dt.timedelta(0), "last hour", "in the last hour before the deadline"),
)


class Figure(StrEnum):
    """Ways to put students into groups."""

    STATE = "state"
    SCORE = "score"  # what counts, after lateness
    FIRST_TRY = "first_try"
    SOLVED = "solved"  # at which attempt
    REACHED = "reached"  # how far they are
    FIRST = "first"  # when they first handed in
    LAST = "last"


@dataclass(frozen=True, slots=True)
class StudentAt:
    """One student at the question; times are of what they handed in, `due_at` is their own deadline."""

    person_id: int
    name: str
    login: str
    state: str  # the words of grader.services.grades.grades
    score: float | None
    max_score: float
    attempts: int
    first_share: float | None
    solved_on_attempt: int | None
    first_at: dt.datetime | None
    last_at: dt.datetime | None
    submission_id: int | None
    due_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class Group:
    """Students who have something in common. `label` is short, `says` follows "Students who"."""

    figure: Figure
    key: str
    label: str
    says: str
    students: int


@dataclass(frozen=True, slots=True)
class Headline:
    """What is told first. Shares are of 1, None where nobody could have it; `tried` have handed something in."""

    students: int
    tried: int
    solved: int
    first_graded: int
    first_right: int
    median_attempts: float | None  # until solved, of those who solved it

    @property
    def first_try_share(self) -> float | None:
        """Of those whose first attempt was graded, who had it right."""
        return self.first_right / self.first_graded if self.first_graded else None

    @property
    def solved_share(self) -> float | None:
        """Of all students."""
        return self.solved / self.students if self.students else None


@dataclass(frozen=True, slots=True)
class StudentListing:
    """One page of students."""

    lines: tuple[StudentAt, ...]
    total: int
    page: int
    pages: int


def students_at(session: Session, item: AssignmentItem) -> list[StudentAt]:
    """Everybody enrolled as a student, by name; who handed in nothing is among them. Wants fresh standings."""
    windows = windows_of_everybody(session, item.assignment)
    rows = session.connection().execute(
        select(
            Person.id,
            Person.name,
            Person.login,
            Standing.state,
            Standing.score,
            Standing.max_score,
            Standing.attempts,
            Standing.first_share,
            Standing.solved_on_attempt,
            Standing.first_submitted_at,
            Standing.last_submitted_at,
            Standing.submission_id,
        )
        .select_from(Enrolment)
        .join(Person, Person.id == Enrolment.person_id)
        .outerjoin(Standing, and_(Standing.item_id == item.id, Standing.person_id == Enrolment.person_id))
        .where(
            Enrolment.course_id == item.assignment.course_id,
            Enrolment.role == CourseRole.STUDENT,
            Enrolment.ended_at.is_(None),
        )
    )
    students = [
        StudentAt(
            person_id=row[0],
            name=row[1],
            login=row[2],
            state=row[3] or NONE,
            score=row[4],
            max_score=row[5] or 0.0,
            attempts=row[6] or 0,
            first_share=row[7],
            solved_on_attempt=row[8],
            first_at=row[9],
            last_at=row[10],
            submission_id=row[11],
            due_at=windows[row[0]].due_at,
        )
        for row in rows
    ]
    return sorted(students, key=lambda student: (student.name.casefold(), student.login))


def headline(students: Sequence[StudentAt]) -> Headline:
    """The figures at the top."""
    solved = [student.solved_on_attempt for student in students if student.solved_on_attempt is not None]
    return Headline(
        students=len(students),
        tried=sum(student.attempts > 0 for student in students),
        solved=len(solved),
        first_graded=sum(student.first_share is not None for student in students),
        first_right=sum(_first_try(student) == FULL for student in students),
        median_attempts=statistics.median(solved) if solved else None,
    )


def group_of(figure: Figure, student: StudentAt) -> str | None:
    """The key of the group that the student is in; None for those whom the figure does not count."""
    return _KEYS[figure](student)


def groups(figure: Figure, students: Iterable[StudentAt]) -> list[Group]:
    """All groups of a figure in their order, also empty ones."""
    counts = Counter(group_of(figure, student) for student in students)
    return [Group(figure, key, label, says, counts[key]) for key, (label, says) in _NAMES[figure].items()]


def named_group(text: str) -> tuple[Figure, str, str] | None:
    """Figure, key and words of the group that an address names, such as "score:3"; None where there is none."""
    figure, _, key = text.partition(":")
    if figure not in set(Figure) or key not in _NAMES[Figure(figure)]:
        return None
    return Figure(figure), key, _NAMES[Figure(figure)][key][1]


def students_in(
    students: Iterable[StudentAt], figure: Figure, key: str, *, text: str = "", page: int = 1
) -> StudentListing:
    """Those of one group whose name or login holds the text."""
    wanted = text.strip().casefold()
    found = [
        student
        for student in students
        if group_of(figure, student) == key and (wanted in student.name.casefold() or wanted in student.login)
    ]
    pages = max(1, -(-len(found) // PAGE_SIZE))
    page = min(max(page, 1), pages)
    return StudentListing(tuple(found[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]), len(found), page, pages)


def _score(student: StudentAt) -> str | None:
    if student.score is None or not student.max_score:
        return None
    share = student.score / student.max_score
    return FULL if share >= 1 - NEARLY else str(max(0, min(SCORE_BINS - 1, int(share * SCORE_BINS + NEARLY))))


def _first_try(student: StudentAt) -> str | None:
    if student.first_share is None:
        return None
    if student.first_share >= 1 - NEARLY:
        return FULL
    return "some" if student.first_share > NEARLY else "none"


def _solved(student: StudentAt) -> str | None:
    at = student.solved_on_attempt
    if at is None:
        return NOT_YET if student.attempts else None
    return str(at) if at <= 5 else "6-10" if at <= 10 else "11+"


def _before_due(at: dt.datetime | None, due_at: dt.datetime | None) -> str | None:
    if at is None or due_at is None:
        return None
    left = due_at - at
    return next((key for key, least, _, _ in _BEFORE if left >= least), LATE)


_KEYS: Mapping[Figure, Callable[[StudentAt], str | None]] = {
    Figure.STATE: lambda student: student.state,
    Figure.SCORE: _score,
    Figure.FIRST_TRY: _first_try,
    Figure.SOLVED: _solved,
    Figure.REACHED: lambda student: FULL if student.solved_on_attempt else NOT_YET if student.attempts else NONE,
    Figure.FIRST: lambda student: _before_due(student.first_at, student.due_at),
    Figure.LAST: lambda student: _before_due(student.last_at, student.due_at),
}


def _times(verb: str) -> dict[str, tuple[str, str]]:
    named = {key: (label, f"{verb} {says}") for key, _, label, says in _BEFORE}
    return named | {LATE: ("late", f"{verb} after the deadline")}


_NAMES: Mapping[Figure, Mapping[str, tuple[str, str]]] = {
    Figure.STATE: {
        NONE: ("not attempted", "have not handed anything in"),
        "queued": ("waiting", "wait for a result"),
        "failed": ("not graded", "have a submission that could not be graded"),
        "awaiting_marking": ("to mark", "wait for a marker"),
        "graded": ("graded", "have a score"),
    },
    Figure.SCORE: {
        str(at): (f"{at * 10}", f"have {at * 10} to {at * 10 + 10} % of the points") for at in range(SCORE_BINS)
    }
    | {FULL: ("full", "have full marks")},
    Figure.FIRST_TRY: {
        FULL: ("right", "had full marks at the first attempt"),
        "some": ("partly", "had some points at the first attempt"),
        "none": ("nothing", "had no points at the first attempt"),
    },
    Figure.SOLVED: {str(at): (str(at), f"solved it at attempt {at}") for at in range(1, 6)}
    | {
        "6-10": ("6–10", "solved it at attempt 6 to 10"),
        "11+": ("11+", "solved it at attempt 11 or later"),
        NOT_YET: ("not yet", "have tried and not solved it yet"),
    },
    Figure.REACHED: {
        FULL: ("solved", "solved it"),
        NOT_YET: ("not yet", "have tried and not solved it yet"),
        NONE: ("not attempted", "have not handed anything in"),
    },
    Figure.FIRST: _times("first handed in"),
    Figure.LAST: _times("last handed in"),
}
