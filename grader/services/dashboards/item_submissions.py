"""Lists of one question's submissions: all of them, or exactly those that a figure was counted from."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import TypeAlias

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from grader.store.people import Person
from grader.store.runs import CaseOutcome, GradingRun
from grader.store.submissions import Submission, WrittenAnswer
from grader.store.words import Purpose, RunState
from grader.vocab import Verdict, Visibility

PAGE_SIZE = 50
# No offset is larger than databases can count.
_FURTHEST = 10**9


class Show(StrEnum):
    """Which submissions a list shows, by where they stand."""

    ALL = "all"
    WAITING = "waiting"
    FAILED = "failed"
    AWAITING_MARKING = "awaiting_marking"
    NOT_ACCEPTED = "not_accepted"
    ACCEPTED = "accepted"


@dataclass(frozen=True, slots=True)
class Behind:
    """What a figure was counted from; all that is set must hold.

    `case` with its `visibility` names a case that failed, or passed where `is_passed`; `diagnosis` is what was said of
    it (of any case, where none is named): a word of the judge, or the case's verdict where there was no such word.
    """

    verdict: Verdict | None = None
    case: str | None = None
    visibility: Visibility | None = None
    is_passed: bool = False
    is_unstable: bool = False
    diagnosis: str | None = None
    mistake: str | None = None  # the signature, see grader.pipeline.mistake
    attempt: int | None = None

    @property
    def is_anything(self) -> bool:
        """Whether it leaves anything out."""
        return any(getattr(self, one.name) != one.default for one in fields(self))

    @property
    def is_of_cases(self) -> bool:
        """Whether cases have to be looked at."""
        return bool(self.case or self.diagnosis or self.is_unstable)


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
    """One page of submissions; `total` and `people` speak of all pages."""

    lines: tuple[Listed, ...]
    total: int
    people: int
    page: int
    pages: int


def submissions_at(
    session: Session,
    item_id: int,
    *,
    person_id: int | None = None,
    text: str = "",
    show: Show = Show.ALL,
    behind: Behind | None = None,
    with_prechecks: bool = False,
    page: int = 1,
    page_size: int = PAGE_SIZE,
) -> Listing:
    """Submissions of the question, the newest first, each with what its live run came to."""
    wanted = select(Submission.id, Submission.person_id, Submission.submitted_at).where(Submission.item_id == item_id)
    if not with_prechecks:
        wanted = wanted.where(Submission.purpose == Purpose.SUBMIT)
    if person_id is not None:
        wanted = wanted.where(Submission.person_id == person_id)
    wanted = _behind(_shown(_by(wanted, text), show), behind or Behind())
    page = max(page, 1)
    total, people, ids = _one_page(session, wanted, page, page_size)
    if not ids and page > 1:
        total, people, ids = _one_page(session, wanted, 1, page_size)
        page = max(1, -(-total // page_size))
        if page > 1:
            total, people, ids = _one_page(session, wanted, page, page_size)
    lines = {row[0]: row for row in session.execute(_lines(ids))} if ids else {}
    return Listing(
        lines=tuple(_listed(*lines[id_]) for id_ in ids if id_ in lines),
        total=total,
        people=people,
        page=page,
        pages=max(1, -(-total // page_size)),
    )


_Found: TypeAlias = Select[int, int, dt.datetime]


def _one_page(session: Session, wanted: _Found, page: int, page_size: int) -> tuple[int, int, list[int]]:
    """How many there are, of how many people, and the submissions of one page: what was found is gone through once."""
    found = wanted.cte("found")
    rows = session.execute(
        select(
            found.c.id,
            select(func.count()).select_from(found).scalar_subquery(),
            select(func.count(found.c.person_id.distinct())).scalar_subquery(),
        )
        .order_by(found.c.submitted_at.desc(), found.c.id.desc())
        .limit(page_size)
        .offset(min((page - 1) * page_size, _FURTHEST))
    ).all()
    return (rows[0][1], rows[0][2], [row[0] for row in rows]) if rows else (0, 0, [])


def _by(query: _Found, text: str) -> _Found:
    sought = text.strip()
    if not sought:
        return query
    is_named = or_(Person.name.icontains(sought, autoescape=True), Person.login.icontains(sought, autoescape=True))
    return query.join(Person, Person.id == Submission.person_id).where(is_named)


_LIVE_RUN = and_(GradingRun.submission_id == Submission.id, GradingRun.is_live)
_IS_RIGHT = or_(GradingRun.verdict == Verdict.ACCEPTED, GradingRun.score >= GradingRun.max_score)


def _shown(query: _Found, show: Show) -> _Found:
    match show:
        case Show.ALL:
            return query
        case Show.AWAITING_MARKING:
            return query.join(WrittenAnswer, WrittenAnswer.submission_id == Submission.id).where(
                WrittenAnswer.points.is_(None)
            )
        case Show.WAITING:
            return _with_run(query, GradingRun.state.in_((RunState.QUEUED, RunState.RUNNING)))
        case Show.FAILED:
            return _with_run(query, GradingRun.state == RunState.FAILED)
        case Show.ACCEPTED:
            return _with_run(query, and_(GradingRun.state == RunState.FINISHED, _IS_RIGHT))
        case Show.NOT_ACCEPTED:
            return _with_run(query, and_(GradingRun.state == RunState.FINISHED, ~_IS_RIGHT))


def _with_run(query: _Found, condition: ColumnElement[bool]) -> _Found:
    return query.where(exists().where(_LIVE_RUN, condition))


def _behind(query: _Found, behind: Behind) -> _Found:
    if behind.attempt is not None:
        query = query.where(Submission.attempt == behind.attempt)
    of_run: list[ColumnElement[bool]] = []
    if behind.verdict is not None:
        of_run.append(GradingRun.verdict == behind.verdict)
    if behind.mistake is not None:
        of_run.append(GradingRun.mistake == behind.mistake)
    if behind.is_of_cases:
        of_run += [GradingRun.state == RunState.FINISHED, exists().where(*_of_case(behind))]
    return _with_run(query, and_(*of_run)) if of_run else query


def _of_case(behind: Behind) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [CaseOutcome.run_id == GradingRun.id]
    if behind.case is not None:
        conditions.append(CaseOutcome.name == behind.case)
    if behind.visibility is not None:
        conditions.append(CaseOutcome.visibility == behind.visibility)
    if behind.is_unstable:
        conditions.append(CaseOutcome.is_unstable.is_(True))
    elif behind.is_passed:
        conditions.append(CaseOutcome.verdict == Verdict.ACCEPTED)
    else:
        conditions.append(CaseOutcome.verdict.not_in((Verdict.ACCEPTED, Verdict.SKIPPED)))
    if behind.diagnosis is not None:
        conditions.append(_is_said(behind.diagnosis))
    return conditions


def _is_said(diagnosis: str) -> ColumnElement[bool]:
    said = CaseOutcome.diagnosis == diagnosis
    if diagnosis in set(Verdict):
        return or_(said, and_(CaseOutcome.diagnosis.is_(None), CaseOutcome.verdict == Verdict(diagnosis)))
    return said


def _lines(ids: list[int]) -> Select[*_Row]:
    return (
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
        .outerjoin(GradingRun, _LIVE_RUN)
        .outerjoin(WrittenAnswer, WrittenAnswer.submission_id == Submission.id)
        .where(Submission.id.in_(ids))
    )


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
