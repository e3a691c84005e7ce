"""The preview of a policy says what saving it would do, and saves nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from grader.clock import utc_now
from grader.services.courses import assignments
from grader.services.courses.late_preview import preview
from grader.services.grades.grades import grades_of_assignment
from grader.services.grades.standings import refresh
from grader.services.grading.runs import finish
from grader.store.database import Database
from grader.store.models import Assignment, Submission
from grader.store.words import Counting, LateKind
from tests.services.handing import claimed, hand, report_of
from tests.world import HOUR, World, make_world


@pytest.fixture
def world(database: Database) -> World:
    """ada: 10 in time, 8 later; bob: 6 after the deadline, and 4 after it."""
    with database.transaction() as session:
        made = make_world(session)
    for login, score, hours in (("ada", 10.0, -2), ("ada", 8.0, -1), ("bob", 6.0, 2), ("bob", 4.0, 3)):
        with database.transaction() as session:
            handed = hand(session, made, login, source=f"a = {score}\n".encode())
            session.get_one(Submission, handed.submission_id).submitted_at = utc_now() + (24 + hours) * HOUR
        taken = claimed(database)
        with database.transaction() as session:
            finish(session, taken, report_of(score), image=None, now=utc_now())
    with database.transaction() as session:
        refresh(session, made.assignment_id)
    return made


@pytest.mark.parametrize(
    ("change", "moves"),
    [
        ({}, (0, 0, 8.0)),
        ({"late_kind": LateKind.FLAT, "late_share": 0.5}, (0, 1, 6.5)),
        ({"late_kind": LateKind.ZERO}, (0, 1, 5.0)),
        ({"counting": Counting.LAST}, (0, 2, 6.0)),
        ({"due_at": None, "late_kind": LateKind.ZERO}, (0, 0, 8.0)),
    ],
)
def test_it_says_what_saving_would_do(
    database: Database, world: World, change: dict[str, Any], moves: tuple[int, int, float]
) -> None:
    with database.transaction() as session:
        assignment = session.get_one(Assignment, world.assignment_id)
        details = replace(assignments.details_of(assignment), **change)
        shown = preview(session, world.assignment_id, details)
        assert (shown.up, shown.down, shown.mean_after) == moves
        assert (shown.people, shown.mean_before) == (2, 8.0)
        digest = assignments.details_digest(assignment)
        assert assignments.details_of(assignment).late_kind is LateKind.NONE, "nothing was saved"
        assignments.edit(session, world.assignment_id, details, digest=digest, actor_id=world.people["sam"])
    with database.reading() as session:
        grades = grades_of_assignment(session, world.assignment_id).values()
        assert sum(grade.score or 0.0 for grade in grades) / 2 == shown.mean_after
