"""Which rows belong to a course, for its archive: every table is either here or named as left out."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import ColumnElement, Select, Table, and_, select, union

from grader.store.models import Base

# Why a table is not in an archive.
LEFT_OUT: Mapping[str, str] = {
    "api_token": "a secret of a person",
    "invitation": "a secret link",
    "standing": "derived anew from what is in the archive",
    "item_figures": "derived anew from what is in the archive",
    "worker_report": "about the machines and not the course",
}
# Never written: what lets somebody in, or gives rights elsewhere.
SECRET_COLUMNS: Mapping[str, frozenset[str]] = {
    "person": frozenset({"password_hash", "session_key", "is_admin"}),
}
# How rows are reached where they have no course_id: a column, whose target's rows are in the archive.
_THROUGH: Mapping[str, tuple[str, ...]] = {
    "assignment_item": ("assignment_id",),
    "extension": ("assignment_id",),
    "grade_hold": ("assignment_id",),
    "section_window": ("assignment_id",),
    "verification": ("draft_id",),
    "allowance": ("item_id",),
    "draft": ("item_id",),
    "mistake_comment": ("item_id",),
    "override": ("item_id",),
    "line_comment": ("submission_id",),
    "mark": ("submission_id",),
    "opened_inputs": ("submission_id",),
    "similar_pair": ("check_id", "a_id", "b_id"),  # a pair with a submission of another course is none of this one's
    "written_answer": ("submission_id",),
    "case_outcome": ("run_id",),
    "regrade_run": ("regrade_id",),
    "replay": ("run_id",),
}
# Rows that courses share: those that rows of the course name.
SHARED = ("person", "question", "question_version")


def archived_tables() -> list[Table]:
    """In the order in which rows can be written: what is named comes before what names it."""
    names = [table for table in Base.metadata.sorted_tables if table.name not in LEFT_OUT]
    first = {"course": 0, "person": 1, "question": 2, "question_version": 3}
    return sorted(names, key=lambda table: first.get(table.name, len(first)))


def columns_of(table: Table) -> list[str]:
    """What is kept of a row."""
    left_out = SECRET_COLUMNS.get(table.name, frozenset())
    return [column.name for column in table.columns if column.name not in left_out]


def targets_of(table: Table) -> dict[str, str]:
    """The tables that columns name rows of."""
    return {
        column.name: next(iter(column.foreign_keys)).column.table.name
        for column in table.columns
        if column.foreign_keys
    }


def belongs(table: Table, course_id: int) -> ColumnElement[bool]:
    """The condition for rows of the course."""
    if table.name == "course":
        return table.c.id == course_id
    if table.name == "question_version":
        question = Base.metadata.tables["question"]
        return table.c.question_id.in_(select(question.c.id).where(belongs(question, course_id)))
    if table.name in SHARED:
        return table.c.id.in_(_named_in(table.name, course_id))
    if "course_id" in table.c:
        return table.c.course_id == course_id
    if table.name not in _THROUGH:
        raise LookupError(f"{table.name}: say in archive_tables whether it belongs to a course")
    targets = targets_of(table)
    conditions = []
    for name in _THROUGH[table.name]:
        target = Base.metadata.tables[targets[name]]
        conditions.append(table.c[name].in_(select(target.c.id).where(belongs(target, course_id))))
    return and_(*conditions)


def _named_in(shared: str, course_id: int) -> Select[int]:
    """The ids of rows of a shared table that anything of the course names."""
    named = []
    for table in archived_tables():
        if table.name in {"question", "course"} or (shared == "question" and table.name == "question_version"):
            continue
        for column, target in targets_of(table).items():
            if target == shared and table.name != shared:
                named.append(
                    select(table.c[column].label("id")).where(belongs(table, course_id), table.c[column].is_not(None))
                )
    return select(union(*named).subquery().c.id)
