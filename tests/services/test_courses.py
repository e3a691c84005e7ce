"""What somebody finds in their courses, on both databases."""

from __future__ import annotations

from functools import partial

import pytest

from grader.clock import utc_now
from grader.services.access import Verb, verbs_of
from grader.services.courses.courses import (
    assignment_at,
    courses_of,
    live_version,
    may_read,
    next_due,
    progress_of,
    readable_item,
    visible_assignments,
)
from grader.services.courses.windows import WindowState
from grader.services.handing_in.submit import hand_in
from grader.services.refusals import Reason, Refused
from grader.store.database import Database
from grader.store.models import Assignment, Course, Enrolment, GradingRun, Person
from grader.store.words import RunState
from grader.vocab import Verdict
from tests.world import HOUR, TENSOR_ADD, World, make_world

SOURCE = b"def tensor_add(a, b):\n    return a\n"


@pytest.fixture
def world(database: Database) -> World:
    with database.transaction() as session:
        return make_world(session)


def test_only_courses_that_one_is_in_are_found(database: Database, world: World) -> None:
    with database.transaction() as session:
        found = {
            login: [course.slug for course in courses_of(session, session.get_one(Person, id_))]
            for login, id_ in world.people.items()
        }
        assert found == {"ada": ["ml"], "bob": ["ml"], "tina": ["ml"], "sam": ["ml"], "root": ["ml"], "eve": []}
        session.query(Enrolment).filter_by(person_id=world.people["bob"]).one().ended_at = utc_now()
        assert courses_of(session, session.get_one(Person, world.people["bob"])) == []


def test_progress_sums_what_counts(database: Database, world: World) -> None:
    with database.transaction() as session:
        handed = hand_in(session, person_id=world.people["ada"], item_id=world.item_id, source=SOURCE)
        run = session.get_one(GradingRun, handed.run_id)
        run.state, run.verdict, run.score, run.max_score = RunState.FINISHED, Verdict.PARTIAL, 5.0, 10.0
    with database.reading() as session:
        assignment = session.get_one(Assignment, world.assignment_id)
        progress = progress_of(session, assignment, world.people["ada"], utc_now(), frozenset())
        assert (progress.score, progress.max_score, progress.attempted) == (5.0, 20.0, 1)
        assert progress.is_open
        assert [grade.item_id for grade in progress.grades] == list(world.item_ids.values())
        assert next_due([progress]) is progress
        late = progress_of(session, assignment, world.people["ada"], utc_now() + 30 * HOUR, frozenset())
        assert (late.state, late.is_open) == (WindowState.LATE, True)
        assert next_due([late]) is None


def test_drafts_are_found_by_those_who_edit_them(database: Database, world: World) -> None:
    with database.transaction() as session:
        session.get_one(Assignment, world.assignment_id).is_visible = False
    with database.reading() as session:
        for login, count in (("ada", 0), ("tina", 0), ("sam", 1), ("root", 1)):
            verbs = verbs_of(session, session.get_one(Person, world.people[login]), world.course_id)
            assert len(visible_assignments(session, world.course_id, verbs)) == count
            if not count:
                with pytest.raises(Refused) as refused:
                    assignment_at(session, world.course_id, "t3", verbs)
                assert refused.value.reason is Reason.NOT_FOUND


def test_questions_are_read_by_students_once_open_and_by_teachers_before(database: Database, world: World) -> None:
    with database.reading() as session:
        assignment = session.get_one(Assignment, world.assignment_id)
        student, teacher = frozenset({Verb.VIEW_COURSE, Verb.SUBMIT}), frozenset({Verb.VIEW_ANY})
        assert not may_read(assignment, WindowState.NOT_OPEN, student)
        assert may_read(assignment, WindowState.NOT_OPEN, teacher)
        for state in (WindowState.OPEN, WindowState.LATE, WindowState.CLOSED):
            assert may_read(assignment, state, student)


def test_an_item_is_found_by_its_address(database: Database, world: World) -> None:
    with database.reading() as session:
        course = session.get_one(Course, world.course_id)
        find = partial(readable_item, person_id=world.people["ada"], verbs=frozenset({Verb.VIEW_COURSE}), now=utc_now())
        item = find(session, course, "t3", "tensor_add")
        assert item.id == world.item_id
        assert live_version(session, item).id == world.version_ids[TENSOR_ADD]
        for address in (("t3", "tensor"), ("t", "tensor_add")):
            with pytest.raises(Refused):
                find(session, course, *address)
