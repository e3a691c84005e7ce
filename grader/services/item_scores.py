"""One question of an assignment over the whole class: how scores lie, what goes wrong, who handed in what."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias, TypeVarTuple

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session

from grader.services.grades import ItemGrade, grades_of_assignment
from grader.services.scores import NEARLY, share_of, students_of
from grader.store.courses import AssignmentItem
from grader.store.people import Person
from grader.store.runs import CaseOutcome, GradingRun
from grader.store.submissions import Submission, WrittenAnswer
from grader.store.words import Purpose, RunState
from grader.vocab import Verdict, Visibility

Columns = TypeVarTuple("Columns")

BINS = 10
PAGE_SIZE = 50
MAX_DIAGNOSES = 4


class Show(StrEnum):
    """Which submissions a list shows."""

    ALL = "all"
    WAITING = "waiting"
    FAILED = "failed"
    AWAITING_MARKING = "awaiting_marking"
    NOT_ACCEPTED = "not_accepted"
    ACCEPTED = "accepted"


@dataclass(frozen=True, slots=True)
class Bin:
    """How many students have a grade with this share of full marks: from `low` up to below `high`."""

    low: float
    high: float
    students: int


@dataclass(frozen=True, slots=True)
class Distribution:
    """The grades of one question. The last bin holds full marks and nothing else."""

    bins: tuple[Bin, ...]
    students: int
    graded: int
    untouched: int


@dataclass(frozen=True, slots=True)
class CaseFigures:
    """How one case fares over the submissions that were graded, with its most frequent diagnoses."""

    name: str
    visibility: Visibility
    submissions: int
    passed: int
    diagnoses: tuple[tuple[str, int, int], ...]  # diagnosis or verdict, submissions, people


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of a list of submissions."""

    submission_id: int
    person_id: int
    name: str
    login: str
    attempt: int | None
    submitted_at: dt.datetime
    is_given_back: bool
    state: str  # of its live run; of a written answer without one awaiting_marking or marked
    verdict: Verdict | None
    score: float | None
    max_score: float | None


_Row: TypeAlias = tuple[
    int,
    int,
    str,
    str,
    int | None,
    dt.datetime,
    dt.datetime | None,
    RunState | None,
    Verdict | None,
    float | None,
    float | None,
    int | None,
    float | None,
]


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of submissions."""

    lines: tuple[Listed, ...]
    total: int
    page: int
    pages: int


def distribution(session: Session, item: AssignmentItem) -> Distribution:
    """How the class's grades lie, as shares of full marks."""
    grades = grades_of_assignment(session, item.assignment_id)
    students = students_of(session, item.assignment.course_id)
    return _distribution([grades.get((student.person_id, item.id)) for student in students])


def verdict_counts(session: Session, item_id: int) -> list[tuple[Verdict, int]]:
    """Graded attempts by verdict, the most frequent first."""
    found = session.execute(_live_runs(select(GradingRun.verdict, func.count()), item_id).group_by(GradingRun.verdict))
    return sorted(((verdict, count) for verdict, count in found if verdict), key=lambda row: (-row[1], row[0]))


def case_figures(session: Session, item_id: int) -> list[CaseFigures]:
    """Every case that graded attempts met, in the question's order."""
    found = session.execute(
        _live_runs(
            select(
                CaseOutcome.name,
                CaseOutcome.visibility,
                CaseOutcome.verdict,
                CaseOutcome.diagnosis,
                func.min(CaseOutcome.position),
                func.count(),
                func.count(Submission.person_id.distinct()),
            ),
            item_id,
        )
        .join(CaseOutcome, CaseOutcome.run_id == GradingRun.id)
        .group_by(CaseOutcome.name, CaseOutcome.visibility, CaseOutcome.verdict, CaseOutcome.diagnosis)
        .order_by(func.min(CaseOutcome.position))
    ).all()
    names = dict.fromkeys((row[0], row[1]) for row in found)
    figures = []
    for name, visibility in names:
        rows = [row for row in found if (row[0], row[1]) == (name, visibility)]
        wrong = [(row[3] or str(row[2]), row[5], row[6]) for row in rows if row[2] is not Verdict.ACCEPTED]
        figures.append(
            CaseFigures(
                name=name,
                visibility=visibility,
                submissions=sum(row[5] for row in rows),
                passed=sum(row[5] for row in rows if row[2] is Verdict.ACCEPTED),
                diagnoses=tuple(sorted(wrong, key=lambda row: -row[1])[:MAX_DIAGNOSES]),
            )
        )
    return figures


def submissions_at(
    session: Session,
    item_id: int,
    *,
    person_id: int | None = None,
    text: str = "",
    show: Show = Show.ALL,
    with_prechecks: bool = False,
    page: int = 1,
    page_size: int = PAGE_SIZE,
) -> Listing:
    """Submissions of the question, the newest first, each with what its live run came to."""
    wanted = _filtered(item_id, person_id=person_id, text=text, show=show, with_prechecks=with_prechecks)
    total = session.scalar(wanted.with_only_columns(func.count(Submission.id))) or 0
    pages = max(1, -(-total // page_size))
    page = min(max(page, 1), pages)
    rows = session.execute(
        wanted.order_by(Submission.submitted_at.desc(), Submission.id.desc())
        .limit(page_size)
        .offset((page - 1) * page_size)
    )
    return Listing(tuple(_listed(*row) for row in rows), total, page, pages)


def _live_runs(query: Select[*Columns], item_id: int) -> Select[*Columns]:
    """The live finished runs of attempts, from the submissions that the item has."""
    return (
        query.select_from(Submission)
        .join(GradingRun, and_(GradingRun.submission_id == Submission.id, GradingRun.is_live))
        .where(
            Submission.item_id == item_id,
            Submission.purpose == Purpose.SUBMIT,
            GradingRun.state == RunState.FINISHED,
        )
    )


def _distribution(grades: Iterable[ItemGrade | None]) -> Distribution:
    counts = [0] * (BINS + 1)
    students = graded = untouched = 0
    for grade in grades:
        students += 1
        untouched += grade is None or grade.state == "none"
        share = share_of(grade)
        if share is not None:
            graded += 1
            counts[BINS if share >= 1 - NEARLY else max(0, int(share * BINS + NEARLY))] += 1
    bins = [Bin(at / BINS, (at + 1) / BINS, counts[at]) for at in range(BINS)]
    return Distribution((*bins, Bin(1.0, 1.0, counts[BINS])), students, graded, untouched)


def _filtered(item_id: int, *, person_id: int | None, text: str, show: Show, with_prechecks: bool) -> Select[*_Row]:
    query = (
        select(
            Submission.id,
            Submission.person_id,
            Person.name,
            Person.login,
            Submission.attempt,
            Submission.submitted_at,
            Submission.given_back_at,
            GradingRun.state,
            GradingRun.verdict,
            GradingRun.score,
            GradingRun.max_score,
            WrittenAnswer.submission_id,
            WrittenAnswer.points,
        )
        .select_from(Submission)
        .join(Person, Person.id == Submission.person_id)
        .outerjoin(GradingRun, and_(GradingRun.submission_id == Submission.id, GradingRun.is_live))
        .outerjoin(WrittenAnswer, WrittenAnswer.submission_id == Submission.id)
        .where(Submission.item_id == item_id)
    )
    if not with_prechecks:
        query = query.where(Submission.purpose == Purpose.SUBMIT)
    if person_id is not None:
        query = query.where(Submission.person_id == person_id)
    if text.strip():
        sought = text.strip()
        query = query.where(
            or_(Person.name.icontains(sought, autoescape=True), Person.login.icontains(sought, autoescape=True))
        )
    is_right = or_(GradingRun.verdict == Verdict.ACCEPTED, GradingRun.score >= GradingRun.max_score)
    match show:
        case Show.WAITING:
            query = query.where(GradingRun.state.in_((RunState.QUEUED, RunState.RUNNING)))
        case Show.FAILED:
            query = query.where(GradingRun.state == RunState.FAILED)
        case Show.AWAITING_MARKING:
            query = query.where(WrittenAnswer.submission_id.is_not(None), WrittenAnswer.points.is_(None))
        case Show.ACCEPTED:
            query = query.where(GradingRun.state == RunState.FINISHED, is_right)
        case Show.NOT_ACCEPTED:
            query = query.where(GradingRun.state == RunState.FINISHED, ~is_right)
        case Show.ALL:
            pass
    return query


def _listed(
    submission_id: int,
    person_id: int,
    name: str,
    login: str,
    attempt: int | None,
    submitted_at: dt.datetime,
    given_back_at: dt.datetime | None,
    state: RunState | None,
    verdict: Verdict | None,
    score: float | None,
    max_score: float | None,
    written_id: int | None,
    points: float | None,
) -> Listed:
    said = "none" if state is None else state.value
    if state is None and written_id is not None:
        said = "awaiting_marking" if points is None else "marked"
        score = points
    return Listed(
        submission_id=submission_id,
        person_id=person_id,
        name=name,
        login=login,
        attempt=attempt,
        submitted_at=submitted_at,
        is_given_back=given_back_at is not None,
        state=said,
        verdict=verdict,
        score=score,
        max_score=max_score,
    )
