"""Sums over a class's standings, done by the database: thousands of rows go in, one for each question comes out."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, TypeVarTuple

from sqlalchemy import ColumnElement, Double, Select, SQLColumnExpression, and_, case, func, select
from sqlalchemy.orm import Session

from grader.services.grades.grades import NEARLY, NONE
from grader.store.courses import Enrolment
from grader.store.standings import Standing
from grader.store.words import CourseRole

Columns = TypeVarTuple("Columns")

# Of full marks; none where there are no marks to get.
SHARE: ColumnElement[float | None] = Standing.score / func.nullif(Standing.max_score, 0.0, type_=Double())
# Full marks before lateness: being late is not a matter of understanding.
IS_SOLVED: ColumnElement[bool] = and_(
    Standing.raw_score.is_not(None), Standing.max_score > 0, Standing.raw_score >= Standing.max_score - NEARLY
)


@dataclass(frozen=True, slots=True)
class Figures:
    """How some students do in one question: mean and median are shares of full marks, over those with a score."""

    graded: int
    mean_share: float | None
    median_share: float | None
    solved: int


NOTHING = Figures(graded=0, mean_share=None, median_share=None, solved=0)


def figures_of(
    session: Session, item_ids: Collection[int], course_id: int, *, person_ids: Collection[int] | None = None
) -> dict[int, Figures]:
    """By item, over the students of the course, or some of them; an item without standings is not there."""
    rows = session.execute(_figures(item_ids, course_id, person_ids, Standing.item_id))
    return {item_id: Figures(graded, mean, median, solved) for item_id, graded, mean, median, solved in rows}


def figures_by_section(
    session: Session, item_ids: Collection[int], course_id: int
) -> dict[int | None, dict[int, Figures]]:
    """The same for the students of each section, and (None) for those in none."""
    found: dict[int | None, dict[int, Figures]] = {}
    rows = session.execute(_figures(item_ids, course_id, None, Standing.item_id, Enrolment.section_id))
    for item_id, section_id, graded, mean, median, solved in rows:
        found.setdefault(section_id, {})[item_id] = Figures(graded, mean, median, solved)
    return found


def totals_of(session: Session, item_ids: Collection[int], course_id: int) -> dict[int, tuple[float, int]]:
    """Each student's sum of scores over these items, with the number of items that have one."""
    rows = session.execute(
        _of_students(
            select(Standing.person_id, func.sum(Standing.score), func.count(SHARE)), item_ids, course_id
        ).group_by(Standing.person_id)
    )
    return {person_id: (total or 0.0, graded) for person_id, total, graded in rows}


def _of_students(query: Select[*Columns], item_ids: Collection[int], course_id: int) -> Select[*Columns]:
    return (
        query.select_from(Standing)
        .join(Enrolment, Enrolment.person_id == Standing.person_id)
        .where(
            Standing.item_id.in_(item_ids),
            Standing.state != NONE,
            Enrolment.course_id == course_id,
            Enrolment.role == CourseRole.STUDENT,
            Enrolment.ended_at.is_(None),
        )
    )


def _figures(
    item_ids: Collection[int],
    course_id: int,
    person_ids: Collection[int] | None,
    *keys: SQLColumnExpression[Any],
) -> Select[*tuple[Any, ...]]:
    """Keys, number of scores, mean, median, number of those who solved it."""
    ranked: Select[*tuple[Any, ...]] = _of_students(
        select(
            *(key.label(f"key_{at}") for at, key in enumerate(keys)),
            SHARE.label("share"),
            case((IS_SOLVED, 1), else_=0).label("solved"),
            func.row_number().over(partition_by=keys, order_by=SHARE).label("place"),
            func.count().over(partition_by=keys).label("graded"),
        ),
        item_ids,
        course_id,
    )
    ranked = ranked.where(SHARE.is_not(None))  # what has none is not solved either
    if person_ids is not None:
        ranked = ranked.where(Standing.person_id.in_(person_ids))
    one = ranked.subquery().c
    # The middle one, or the mean of the two in the middle.
    is_middle = one.place.in_(((one.graded + 1) // 2, (one.graded + 2) // 2))
    by = [one[f"key_{at}"] for at in range(len(keys))]
    return select(
        *by,
        func.count(one.share),
        func.avg(one.share),
        func.avg(case((is_middle, one.share))),
        func.sum(one.solved),
    ).group_by(*by)
