"""Standings: what pages over a whole class read. Whatever changes a grade says so here; whoever reads derives it.

A change and its `touch` are one transaction, so whoever sees a revision sees all that led to it. `refresh` notes the
revision first and reads the rows after, and marks fresh no more than that revision: a change that comes in between
leaves the row stale.
"""

from __future__ import annotations

from collections.abc import Collection
from itertools import pairwise
from typing import Any

import msgspec
from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Select,
    Table,
    Text,
    bindparam,
    case,
    cast,
    column,
    func,
    literal,
    select,
    true,
    tuple_,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session

from grader.clock import utc_now
from grader.services.grades.grades import NEARLY, NONE, Attempt, ItemGrade, derived
from grader.store.courses import Assignment, AssignmentItem
from grader.store.runs import GradingRun
from grader.store.standings import Standing
from grader.store.submissions import Submission
from grader.store.words import Purpose

# Written out as the index of stale rows has it.
_IS_STALE: ColumnElement[bool] = Standing.revision != Standing.computed_revision
_STALE_BY_ASSIGNMENT = (
    select(AssignmentItem.assignment_id, func.count())
    .join(Standing, Standing.item_id == AssignmentItem.id)
    .where(_IS_STALE)
    .group_by(AssignmentItem.assignment_id)
)
# Whoever opens a page derives up to so many rows first, in some tenths of a second; more than that workers derive.
FEW = 250


def touch(session: Session, item_id: int, person_id: int) -> None:
    """The person's grade for the item, or their way to it, is about to be another one."""
    _touch(session, select(literal(item_id), literal(person_id)).where(true()))


def touch_submission(session: Session, submission_id: int) -> None:
    """The same for whoever handed this in, at its item; a precheck counts for nothing."""
    _touch(
        session,
        select(Submission.item_id, Submission.person_id).where(
            Submission.id == submission_id, Submission.purpose == Purpose.SUBMIT
        ),
    )


def touch_run(session: Session, run_id: int) -> None:
    """The same where a run ended or changed; one that is not live counts for nothing."""
    _touch(
        session,
        select(Submission.item_id, Submission.person_id)
        .join(GradingRun, GradingRun.submission_id == Submission.id)
        .where(GradingRun.id == run_id, GradingRun.is_live, Submission.purpose == Purpose.SUBMIT),
    )


def touch_item(session: Session, item_id: int) -> None:
    """Everybody's, for this item."""
    _touch_rows(session, Standing.item_id == item_id)


def touch_assignment(session: Session, assignment_id: int, person_ids: Collection[int] | None = None) -> None:
    """For all items of the assignment: everybody's, or that of some people."""
    of_items = Standing.item_id.in_(select(AssignmentItem.id).where(AssignmentItem.assignment_id == assignment_id))
    if person_ids is None:
        _touch_rows(session, of_items)
    elif person_ids:
        _touch_rows(session, of_items, Standing.person_id.in_(person_ids))


def touch_question(session: Session, question_id: int) -> None:
    """Everybody's, wherever the question is asked: its full marks may be others."""
    _touch_rows(
        session,
        Standing.item_id.in_(select(AssignmentItem.id).where(AssignmentItem.question_id == question_id)),
    )


def touch_people(session: Session, course_id: int, person_ids: Collection[int]) -> None:
    """All of these people's in the course: their section, and with it their times, may be another one."""
    of_course = select(AssignmentItem.id).join(AssignmentItem.assignment).where(Assignment.course_id == course_id)
    if person_ids:
        _touch_rows(session, Standing.item_id.in_(of_course), Standing.person_id.in_(person_ids))


def touch_everything(session: Session, course_id: int | None = None) -> None:
    """Of a course, or of all: for submissions that were written as rows and not handed in, as those of the demo."""
    handed_in = select(Submission.item_id, Submission.person_id).where(Submission.purpose == Purpose.SUBMIT)
    if course_id is not None:
        handed_in = handed_in.where(Submission.course_id == course_id)
    _touch(session, handed_in.distinct())


def newest_submission() -> ColumnElement[int | None]:
    """Of a standing, the last submission that is an attempt: as it was derived, else looked up, so that it is always
    the one that the rows have."""
    newest = (
        select(func.max(Submission.id))
        .where(
            Submission.item_id == Standing.item_id,
            Submission.person_id == Standing.person_id,
            Submission.purpose == Purpose.SUBMIT,
        )
        .correlate(Standing)
        .scalar_subquery()
    )
    return case((_IS_STALE, newest), else_=Standing.last_submission_id)


def stale_among(session: Session, assignment_ids: Collection[int]) -> dict[int, int]:
    """In which of these assignments something is to be derived anew, and how many rows that are."""
    return dict(
        session.execute(
            _STALE_BY_ASSIGNMENT.where(AssignmentItem.assignment_id.in_(assignment_ids)).order_by(
                AssignmentItem.assignment_id
            )
        ).all()
    )


def step(session: Session) -> bool:
    """A worker's share where more is stale than a page would wait for; whether there was such an assignment.

    After a deadline was moved there are thousands of rows; others write between two steps.
    """
    many = select(_STALE_BY_ASSIGNMENT.having(func.count() > FEW).subquery().c.assignment_id)
    wanted = select(Assignment.id).where(Assignment.id.in_(many)).order_by(Assignment.id).limit(1)
    # The lock keeps other workers from the same rows, and nobody else from anything but editing the assignment.
    assignment_id = session.scalars(wanted.with_for_update(key_share=True, skip_locked=True)).one_or_none()
    return assignment_id is not None and refresh(session, assignment_id, at_most=FEW) > 0


def refresh(session: Session, assignment_id: int, *, at_most: int | None = None) -> int:
    """Derive what is stale in the assignment, or some of it, and say how many rows that were.

    In a transaction; two may do it at once, and the later revision stays.
    """
    stale = session.execute(
        select(Standing.item_id, Standing.person_id, Standing.revision)
        .where(_IS_STALE, _of_assignment(assignment_id))
        .order_by(Standing.item_id, Standing.person_id)
        .limit(at_most)
    ).all()
    if not stale:
        return 0
    # Read after the revisions: what was derived is at least as new as they say.
    whose: dict[int, set[int]] = {}
    for item_id, person_id, _ in stale:
        whose.setdefault(item_id, set()).add(person_id)
    found = {(grade.item_id, grade.person_id): (grade, way) for grade, way in derived(session, assignment_id, whose)}
    _write(session, [_row(item_id, who, seen, *found.get((item_id, who), (None, []))) for item_id, who, seen in stale])
    return len(stale)


def _row(
    item_id: int, person_id: int, seen: int, grade: ItemGrade | None, attempts: list[Attempt]
) -> dict[str, object]:
    """All that is kept of a grade and the way to it."""
    full = 0.0 if grade is None else grade.max_score
    row: dict[str, object] = {
        "item_id": item_id,
        "person_id": person_id,
        "computed_revision": seen,
        "state": NONE if grade is None else grade.state,
        "score": grade and grade.score,
        "raw_score": grade and grade.raw_score,
        "max_score": full,
        "late_factor": 1.0 if grade is None else grade.late_factor,
        "submission_id": grade and grade.submission_id,
        "attempts_used": 0 if grade is None else grade.attempts_used,
        "attempts": len(attempts),
        "first_submitted_at": attempts[0].submitted_at if attempts else None,
        "last_submitted_at": attempts[-1].submitted_at if attempts else None,
        "last_submission_id": attempts[-1].submission_id if attempts else None,
        "last_mistake": attempts[-1].mistake if attempts else None,
    }
    return row | _progress([attempt.raw_score for attempt in attempts if attempt.raw_score is not None], full)


def _progress(scores: list[float], full: float) -> dict[str, object]:
    """How the graded attempts went, before lateness."""
    shares = [score / full for score in scores] if full else []
    best_at = max(range(len(shares)), key=shares.__getitem__, default=0)
    return {
        "first_share": shares[0] if shares else None,
        "last_share": shares[-1] if shares else None,
        "best_share": shares[best_at] if shares else None,
        "solved_on_attempt": next((at for at, share in enumerate(shares, 1) if share >= 1 - NEARLY), None),
        "attempts_since_better": len(shares) - 1 - best_at if shares else 0,
        "largest_step": max((later - earlier for earlier, later in pairwise(shares) if later > earlier), default=0.0),
    }


def _write(session: Session, rows: list[dict[str, object]]) -> None:
    """Keep them, but for those where somebody else has kept something as new or newer."""
    table = Standing.__table__
    assert isinstance(table, Table)
    key = ("item_id", "person_id")
    kept = [name for name in rows[0] if name not in key]
    if _is_sqlite(session):
        given: dict[str, BindParameter[object]] = {name: bindparam(f"new_{name}") for name in kept}
        is_row = [table.c[name] == bindparam(f"new_{name}") for name in key]
        is_newer = table.c.computed_revision < given["computed_revision"]
        session.connection().execute(
            update(table).where(*is_row, is_newer).values(given),
            [{f"new_{name}": value for name, value in row.items()} for row in rows],
        )
        return
    # Thousands at once, after a deadline was moved, in one statement.
    _lock(session, tuple_(Standing.item_id, Standing.person_id).in_(select(*_of_json(rows, key))))
    new = _of_json(rows, (*key, *kept))
    session.connection().execute(
        update(table)
        .where(*(table.c[name] == new[name] for name in key), table.c.computed_revision < new.computed_revision)
        .values({name: new[name] for name in kept})
    )


def _of_json(rows: list[dict[str, object]], names: tuple[str, ...]) -> Any:  # columns of these names
    """For PostgreSQL: these columns of the rows as a table."""
    text = msgspec.json.encode([{name: row[name] for name in names} for row in rows]).decode()
    table = Standing.__table__
    return (
        func.jsonb_to_recordset(cast(literal(text, Text), JSONB))
        .table_valued(*(column(name, table.c[name].type) for name in names))
        .render_derived(with_types=True)
        .c
    )


def _of_assignment(assignment_id: int) -> ColumnElement[bool]:
    return Standing.item_id.in_(select(AssignmentItem.id).where(AssignmentItem.assignment_id == assignment_id))


def _touch(session: Session, whose: Select[int, int]) -> None:
    """One statement that makes the row or counts its revision up; only who touches the same row waits for it."""
    build = sqlite.insert if _is_sqlite(session) else postgresql.insert
    made = build(Standing).from_select(
        ["item_id", "person_id", "touched_at"],
        whose.add_columns(literal(utc_now(), Standing.touched_at.type)),
    )
    session.execute(
        made.on_conflict_do_update(
            index_elements=[Standing.item_id, Standing.person_id],
            set_={"revision": Standing.revision + 1, "touched_at": made.excluded.touched_at},
        )
    )


def _touch_rows(session: Session, *conditions: ColumnElement[bool]) -> None:
    _lock(session, *conditions)
    session.execute(
        update(Standing)
        .where(*conditions)
        .values(revision=Standing.revision + 1, touched_at=utc_now())
        .execution_options(synchronize_session=False)
    )


def _lock(session: Session, *conditions: ColumnElement[bool]) -> None:
    """Many rows in one order: else two who change the same ones could wait for each other for ever."""
    if not _is_sqlite(session):
        rows = select(literal(1)).select_from(Standing).where(*conditions)
        rows = rows.order_by(Standing.item_id, Standing.person_id).with_for_update()
        session.execute(select(func.count()).select_from(rows.subquery()))


def _is_sqlite(session: Session) -> bool:
    return session.get_bind().dialect.name == "sqlite"
