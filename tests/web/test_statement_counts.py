"""How often the pages of a deadline ask the database: a loop over rows that each ask again fails here, on any machine.

The ceilings are what is needed now; who adds a statement to one of these pages adds it for a whole class at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import event, update

from grader.clock import utc_now
from grader.store.database import Database
from grader.store.models import Assignment, AssignmentItem, GradingRun, QuestionVersion
from tests.web.question_world import RIGHT, entered, open_site
from tests.web.visitor import Visitor
from tests.world import HOUR, TENSOR_ADD, World

ITEM = "/c/ml/a/t3/tensor_add/"


class Classroom:
    """A site, somebody in it who has handed in, and a count of what they make the database do."""

    def __init__(self, app: Flask, database: Database, world: World) -> None:
        self.app, self.database, self.world = app, database, world
        self.ada: Visitor = entered(app, "ada")
        self.token = self.ada.token()
        self.result = self.hand_in("# 1\n")

    def hand_in(self, ending: str) -> str:
        """The path of the result."""
        answer = self.ada.post(f"{ITEM}submit", token=self.token, source=RIGHT + ending)
        assert answer.status_code == 303
        return str(answer.location)

    def look(self, path: str) -> None:
        assert self.ada.get(path).status_code == 200

    def statements(self, act: Callable[[], object]) -> int:
        """How many statements it takes, the second time."""
        act()
        with counted(self.database) as statements:
            act()
        return len(statements)


@contextmanager
def counted(database: Database) -> Iterator[list[str]]:
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if not statement.startswith("BEGIN"):
            statements.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(database.engine, "before_cursor_execute", note)


@pytest.fixture
def classroom(tmp_path: Path, sqlite_url: str) -> Classroom:
    return Classroom(*open_site(tmp_path, sqlite_url))


@pytest.mark.parametrize(
    # One of them asks whether grades are held back.
    ("path", "most"),
    [("/", 8), ("/c/ml/", 7), ("/c/ml/a/t3/", 7), (ITEM, 11), (f"{ITEM}history", 13)],
)
def test_a_page_asks_the_database_no_more_often_than_it_must(classroom: Classroom, path: str, most: int) -> None:
    assert classroom.statements(lambda: classroom.look(path)) <= most


def test_handing_in_takes_few_statements(classroom: Classroom) -> None:
    number = iter(range(10))
    # One of them says that the student's standing is to be derived anew.
    assert classroom.statements(lambda: classroom.hand_in(f"# {next(number)}\n")) <= 18


def test_waiting_for_a_result_takes_few_statements(classroom: Classroom) -> None:
    assert classroom.statements(lambda: classroom.look(f"{classroom.result}state")) <= 5


def test_a_result_page_takes_few_statements(classroom: Classroom) -> None:
    with classroom.database.transaction() as session:  # else it would be looked for again and again, being fresh
        session.execute(update(GradingRun).values(queued_at=utc_now() - HOUR))
    # What people decided, asked, commented on and regraded takes one each.
    assert classroom.statements(lambda: classroom.look(classroom.result)) <= 13


@pytest.mark.parametrize("path", ["/", "/c/ml/"])
def test_more_assignments_take_no_more_statements(classroom: Classroom, path: str) -> None:
    before = classroom.statements(lambda: classroom.look(path))
    world = classroom.world
    with classroom.database.transaction() as session:
        question_id = session.get_one(QuestionVersion, world.version_ids[TENSOR_ADD]).question_id
        for number in range(5):
            assignment = Assignment(
                course_id=world.course_id, slug=f"more{number}", title="More", created_at=utc_now(), position=number
            )
            session.add(assignment)
            session.flush()
            session.add(AssignmentItem(assignment_id=assignment.id, question_id=question_id, slug="one"))
    assert classroom.statements(lambda: classroom.look(path)) == before
