"""What pages over a class read is derived anew where something changed since, before they read it.

Where so much changed that nobody should wait for it, as after a deadline was moved, workers derive it meanwhile, and
the page says that it shows some of it as it was.
"""

from __future__ import annotations

from typing import cast

from flask import Flask, g
from sqlalchemy import select

from grader.services.grades.standings import FEW, refresh, stale_among
from grader.store.courses import Assignment
from web.database import reading, transaction


def install(app: Flask) -> None:
    """Let the frame of every page say what is not up to date in it."""
    app.add_template_global(figures_behind)


def freshen(*assignment_ids: int, however_much: bool = False) -> None:
    """Derive anew what changed in these assignments, up to `FEW` rows; `however_much`: all of it, for what is kept."""
    left, is_changed = FEW, False
    for assignment_id, rows in stale_among(reading(), assignment_ids).items():
        if rows > left and not however_much:
            g.figures_behind = g.get("figures_behind", 0) + rows
            continue
        left -= rows
        is_changed = True
        _derive(assignment_id)
    if is_changed:
        reading().rollback()  # what was read is read again, and with it what was just written
    g.setdefault("figures_behind", 0)


def freshen_course(course_id: int) -> None:
    """The same in all assignments of a course."""
    freshen(*reading().scalars(select(Assignment.id).where(Assignment.course_id == course_id)))


def figures_behind() -> int | None:
    """How many grades this page shows as they were before a change; None on a page that shows none of a class."""
    return cast("int | None", g.get("figures_behind"))


def _derive(assignment_id: int) -> None:
    """In transactions short enough for students to hand in between them."""
    while True:
        with transaction() as session:
            if refresh(session, assignment_id, at_most=FEW) < FEW:
                return
