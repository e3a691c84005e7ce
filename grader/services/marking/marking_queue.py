"""What a marker goes through: the answers to one question that count for grades, in an order of the marker's own.

Answers that are the same to the letter stand together. An answer is named by a code that says nothing of who wrote it
or when; where the assignment is marked blind, the codes are the order too.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import Any

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import Session, joinedload

from grader.services.grades.standings import newest_submission
from grader.services.handing_in.written import spec_of
from grader.store.courses import Assignment, AssignmentItem, Enrolment
from grader.store.marks import Mark
from grader.store.people import Person
from grader.store.questions import Question, QuestionVersion
from grader.store.standings import Standing
from grader.store.submissions import Submission, WrittenAnswer
from grader.store.words import CourseRole, Purpose

_CODE_LETTERS = 10


class Stand(StrEnum):
    """How far an answer is, for one marker."""

    TO_MARK = "to_mark"
    WAITS = "waits"  # for the other marker
    DIFFERS = "differs"  # two marks that are not the same
    MARKED = "marked"


@dataclass(frozen=True, slots=True)
class Entry:
    """One answer, and everybody who gave it and is as far. `points` counts; `own` is what this marker gave."""

    code: str
    submission_ids: tuple[int, ...]
    codes: tuple[str, ...]  # of each of them: any leads here
    names: tuple[str, ...]  # empty where the assignment is marked blind
    stand: Stand
    points: float | None
    own: float | None


@dataclass(frozen=True, slots=True)
class Queue:
    """Every answer to one question, in the marker's order."""

    entries: tuple[Entry, ...]
    start: int  # where this marker begins, so that several seldom meet

    def index(self, code: str) -> int | None:
        """The place of an answer, by its code or that of anybody who wrote the same."""
        return next((place for place, entry in enumerate(self.entries) if code in entry.codes), None)

    def next_to_mark(self, after: int | None = None) -> Entry | None:
        """The next that this marker is to mark; behind the last one comes the first."""
        first = self.start if after is None else after + 1
        entries = self.entries[first:] + self.entries[:first]
        return next((entry for entry in entries if entry.stand is Stand.TO_MARK), None)

    @property
    def to_mark(self) -> int:
        """How many this marker could mark now."""
        return sum(entry.stand is Stand.TO_MARK for entry in self.entries)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one question is, counted in students' answers. `by_others`: that somebody else marked."""

    item: AssignmentItem
    answers: int
    marked: int
    by_me: int
    by_others: int
    differing: int

    @property
    def is_done(self) -> bool:
        """Whether every answer counts as marked."""
        return self.marked == self.answers


@dataclass(frozen=True, slots=True)
class Totals:
    """How far several questions are together, counted in students' answers."""

    answers: int
    marked: int
    differing: int


def queue(session: Session, item: AssignmentItem, marker_id: int, *, with_all: bool = False) -> Queue:
    """The answers to one question; `with_all`: also earlier ones, and those of people who teach or left.

    The last answer is the one to mark whether the last or the best attempt counts: of two, students mean the later,
    and which is best nobody knows before.
    """
    is_blind, wanted = item.assignment.is_marked_blind, item.assignment.markers_wanted
    ids = _answers([item], with_all=with_all).subquery()
    rows = session.execute(
        select(Submission.id, Submission.version_id, Submission.source_sha256, Person.name, WrittenAnswer.points)
        .join(ids, ids.c.id == Submission.id)
        .join(Person, Person.id == Submission.person_id)
        .join(WrittenAnswer, WrittenAnswer.submission_id == Submission.id)
        .order_by(Person.name, Submission.id)
    ).all()
    given: defaultdict[int, dict[int, float]] = defaultdict(dict)  # by submission, then by marker
    marks = select(Mark.submission_id, Mark.marker_id, Mark.points).where(Mark.is_settled.is_(False))
    for id_, who, its_points in session.execute(marks.join(ids, ids.c.id == Mark.submission_id)):
        given[id_][who] = its_points
    groups: defaultdict[tuple[object, ...], list[_Answer]] = defaultdict(list)
    for id_, version_id, digest, name, points in rows:
        own = given[id_].get(marker_id)
        stand = _stand(points, len(given[id_]), wanted, is_own=own is not None)
        code = code_of(item.id, marker_id, id_)
        # Only answers that stand alike are marked together: nobody's mark is replaced unseen.
        groups[version_id, digest, stand, points, own].append(_Answer(code, id_, name, stand, points, own))
    entries = [_entry(group, is_blind=is_blind) for group in groups.values()]
    if is_blind:
        entries.sort(key=lambda entry: entry.code)
    return Queue(tuple(entries), 0 if is_blind else _start(session, item, marker_id, len(entries)))


def progress(session: Session, items: Sequence[AssignmentItem], marker_id: int) -> list[Progress]:
    """How far the questions are; of those that nobody answered too."""
    found: dict[int, tuple[int | None, ...]] = {}
    # For each assignment a query: for all at once, a database reads the answers of every course from end to end.
    for _, of in groupby(sorted(items, key=_by_assignment), key=_by_assignment):
        found |= _figures(session, list(of), marker_id)
    return [Progress(item, *(int(figure or 0) for figure in found.get(item.id, (0,) * 5))) for item in items]


def _by_assignment(item: AssignmentItem) -> int:
    return item.assignment_id


def _figures(session: Session, items: Sequence[AssignmentItem], marker_id: int) -> dict[int, tuple[int | None, ...]]:
    """By item: answers, marked, by me, by others, differing; an item without answers is not there."""
    ids = _answers(items).cte()
    given = (
        select(
            Mark.submission_id,
            func.count(case((Mark.is_settled.is_(False), 1))).label("marks"),
            func.max(case((Mark.marker_id == marker_id, 1), else_=0)).label("mine"),
            func.max(case((Mark.marker_id != marker_id, 1), else_=0)).label("theirs"),
        )
        .join(ids, ids.c.id == Mark.submission_id)
        .group_by(Mark.submission_id)
        .subquery()
    )
    # What was given before marks were kept one by one has its marker in the answer alone.
    mine = func.coalesce(given.c.mine, case((WrittenAnswer.marked_by == marker_id, 1), else_=0))
    theirs = func.coalesce(given.c.theirs, case((WrittenAnswer.marked_by != marker_id, 1), else_=0))
    return {
        row[0]: tuple(row[1:])
        for row in session.execute(
            select(
                ids.c.item_id,
                func.count(),
                func.count(WrittenAnswer.points),
                func.sum(mine),
                func.sum(theirs),
                func.count(case(((given.c.marks >= 2) & WrittenAnswer.points.is_(None), 1))),
            )
            .join(WrittenAnswer, WrittenAnswer.submission_id == ids.c.id)
            .outerjoin(given, given.c.submission_id == ids.c.id)
            .group_by(ids.c.item_id)
        )
    }


def totals(session: Session, items: Sequence[AssignmentItem]) -> Totals:
    """The sums alone, for pages that say no more: only what has no points is looked up, by an index."""
    if not items:
        return Totals(0, 0, 0)
    ids = _answers(items).cte()
    unmarked = select(WrittenAnswer.submission_id).where(WrittenAnswer.points.is_(None)).subquery()
    answers, waiting = session.execute(
        select(func.count(ids.c.id), func.count(unmarked.c.submission_id))
        .select_from(ids)
        .outerjoin(unmarked, unmarked.c.submission_id == ids.c.id)
    ).one()
    ids = _answers(items).cte()
    twice = (
        select(Mark.submission_id)
        .join(unmarked, unmarked.c.submission_id == Mark.submission_id)
        .join(ids, ids.c.id == Mark.submission_id)
        .where(Mark.is_settled.is_(False))
        .group_by(Mark.submission_id)
        .having(func.count() >= 2)
        .subquery()
    )
    differing = session.scalar(select(func.count()).select_from(twice))
    return Totals(answers, answers - waiting, differing or 0)


def marked_items(session: Session, course_id: int, assignment_id: int | None = None) -> list[AssignmentItem]:
    """The questions of a course, or of one assignment, that people mark, in their order."""
    query = (
        select(AssignmentItem)
        .join(AssignmentItem.assignment)
        .join(AssignmentItem.question)
        .join(Question.live_version)
        .where(Assignment.course_id == course_id, QuestionVersion.kind != "code")
        .order_by(Assignment.position, Assignment.id, AssignmentItem.position, AssignmentItem.id)
        .options(
            joinedload(AssignmentItem.assignment),
            joinedload(AssignmentItem.question).joinedload(Question.live_version),
        )
    )
    if assignment_id is not None:
        query = query.where(Assignment.id == assignment_id)
    return [item for item in session.scalars(query).unique() if is_marked(item)]


def is_marked(item: AssignmentItem) -> bool:
    """Whether people mark the question as it is asked now."""
    version = item.question.live_version
    return version is not None and version.kind != "code" and spec_of(version).is_marked


def code_of(item_id: int, marker_id: int, submission_id: int) -> str:
    """What an answer is called towards one marker."""
    return hashlib.sha256(f"{item_id}:{marker_id}:{submission_id}".encode()).hexdigest()[:_CODE_LETTERS]


def _answers(items: Sequence[AssignmentItem], *, with_all: bool = False) -> Select[Any, int]:
    """Of each student the last answer, or everything anybody handed in: (id, item_id). The items are of one course.

    Standings know which is the last, so that not every attempt is read.
    """
    item_ids = [item.id for item in items]
    if with_all:
        handed_in = (Submission.item_id.in_(item_ids), Submission.purpose == Purpose.SUBMIT)
        return select(Submission.id, Submission.item_id).where(*handed_in)
    return (
        select(newest_submission().label("id"), Standing.item_id)
        .join(Enrolment, Enrolment.person_id == Standing.person_id)
        .where(
            Standing.item_id.in_(item_ids),
            Enrolment.course_id == items[0].assignment.course_id,
            Enrolment.role == CourseRole.STUDENT,
            Enrolment.ended_at.is_(None),
        )
    )


@dataclass(frozen=True, slots=True)
class _Answer:
    code: str
    submission_id: int
    name: str
    stand: Stand
    points: float | None
    own: float | None


def _entry(group: list[_Answer], *, is_blind: bool) -> Entry:
    if is_blind:
        group = sorted(group, key=lambda one: one.code)
    return Entry(
        code=group[0].code,
        submission_ids=tuple(one.submission_id for one in group),
        codes=tuple(one.code for one in group),
        names=() if is_blind else tuple(one.name for one in group),
        stand=group[0].stand,
        points=group[0].points,
        own=group[0].own,
    )


def _stand(points: float | None, marks: int, wanted: int, *, is_own: bool) -> Stand:
    if points is not None:
        return Stand.MARKED
    if marks >= wanted:
        return Stand.DIFFERS
    return Stand.WAITS if is_own else Stand.TO_MARK


def _start(session: Session, item: AssignmentItem, marker_id: int, length: int) -> int:
    """Those who teach begin at places evenly apart, so that two who mark at once seldom open the same answer."""
    teaching = list(
        session.scalars(
            select(Enrolment.person_id)
            .where(
                Enrolment.course_id == item.assignment.course_id,
                Enrolment.role != CourseRole.STUDENT,
                Enrolment.ended_at.is_(None),
            )
            .order_by(Enrolment.role == CourseRole.STAFF, Enrolment.person_id)
        )
    )
    return teaching.index(marker_id) * length // len(teaching) if marker_id in teaching else 0
