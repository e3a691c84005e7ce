from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from grader.clock import utc_now
from grader.services.grades.grades import ItemGrade, grades_of_assignment, grades_of_person
from grader.services.grading.reports import result_columns
from grader.services.grading.runs import fail, finish, rerun
from grader.services.handing_in.submit import Handed
from grader.store.database import Database
from grader.store.models import Assignment, AssignmentItem, Extension, Override, Submission, WrittenAnswer
from grader.store.words import Counting, CourseRole, Lane, LateKind, Origin, Purpose, RunState
from tests.services.handing import claimed, hand, handed, report_of, run_of
from tests.world import HOUR, TENSOR_ADD, World, enrol, make_world, person

DAY = 24 * HOUR


def made(database: Database, **assignment: Any) -> World:
    with database.transaction() as session:
        return make_world(session, **assignment)


def score(
    database: Database,
    world: World,
    points: float,
    *,
    login: str = "ada",
    late: dt.timedelta | None = None,
    out_of: float = 10.0,
) -> int:
    """A graded submission; `late` after the deadline."""
    with database.transaction() as session:
        due_at = session.get_one(Assignment, world.assignment_id).due_at or utc_now()
        result = hand(session, world, login, f"points = {points}".encode(), now=None if late is None else due_at + late)
        _finish(session, result, points, out_of)
    return result.submission_id


def _finish(session: Session, result: Handed, points: float, out_of: float = 10.0) -> None:
    run = run_of(session, result.submission_id)
    for name, value in result_columns(report_of(points, out_of)).items():
        setattr(run, name, value)
    run.state = RunState.FINISHED
    session.flush()


def grade(database: Database, world: World, login: str = "ada") -> ItemGrade:
    """From both ways to read it, which must agree."""
    with database.reading() as session:
        mine = grades_of_person(session, world.assignment_id, world.people[login])[world.item_id]
        table = grades_of_assignment(session, world.assignment_id)
    assert table.get((world.people[login], world.item_id), mine) == mine
    return mine


@contextmanager
def counted(database: Database) -> Iterator[list[str]]:
    """The statements executed meanwhile."""
    said: list[str] = []

    def listen(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        said.append(statement)

    event.listen(database.engine, "before_cursor_execute", listen)
    yield said
    event.remove(database.engine, "before_cursor_execute", listen)


def test_who_handed_in_nothing_has_no_score(database: Database) -> None:
    world = made(database)
    none = grade(database, world)
    assert (none.state, none.score, none.max_score, none.submission_id) == ("none", None, 10.0, None)
    with database.reading() as session:
        assert grades_of_assignment(session, world.assignment_id) == {}
        assert set(grades_of_person(session, world.assignment_id, world.people["ada"])) == set(world.item_ids.values())


def test_the_best_attempt_counts_and_of_two_equals_the_earlier(database: Database) -> None:
    world = made(database)
    score(database, world, 3.0)
    best = score(database, world, 8.0)
    score(database, world, 8.0)
    score(database, world, 5.0)
    assert grade(database, world) == ItemGrade(
        item_id=world.item_id,
        person_id=world.people["ada"],
        score=8.0,
        max_score=10.0,
        raw_score=8.0,
        late_factor=1.0,
        submission_id=best,
        attempts_used=4,
        state="graded",
    )


def test_where_the_last_counts_a_worse_last_attempt_counts(database: Database) -> None:
    world = made(database, counting=Counting.LAST)
    score(database, world, 8.0)
    last = score(database, world, 5.0)
    assert (grade(database, world).score, grade(database, world).submission_id) == (5.0, last)
    waiting = handed(database, world)
    now = grade(database, world)
    assert (now.state, now.score, now.submission_id) == ("queued", None, waiting.submission_id)


def test_where_the_best_counts_a_waiting_attempt_changes_nothing_yet(database: Database) -> None:
    world = made(database)
    handed(database, world)
    assert grade(database, world).state == "queued"
    best = score(database, world, 2.0)
    assert (grade(database, world).state, grade(database, world).submission_id) == ("graded", best)


def test_the_last_is_the_last_handed_in_however_late_it_is_graded(database: Database) -> None:
    world = made(database, counting=Counting.LAST)
    with database.transaction() as session:
        first = hand(session, world, source=b"n = 1", now=utc_now() - HOUR)
        second = hand(session, world, source=b"n = 2", now=utc_now())
        early = hand(session, world, source=b"n = 3", now=utc_now() - 2 * HOUR)
    with database.transaction() as session:
        for result, points in ((second, 4.0), (first, 9.0), (early, 10.0)):
            _finish(session, result, points)
    assert (grade(database, world).submission_id, grade(database, world).score) == (second.submission_id, 4.0)


@pytest.mark.parametrize(
    ("kind", "share", "kept"),
    [
        (LateKind.NONE, 0.5, 8.0),
        (LateKind.PER_DAY, 0.25, 4.0),
        (LateKind.FLAT, 0.5, 4.0),
        (LateKind.ZERO, 0.0, 0.0),
    ],
)
def test_late_work_is_worth_what_the_policy_leaves(
    database: Database, kind: LateKind, share: float, kept: float
) -> None:
    world = made(database, late_kind=kind, late_share=share, closes_at=None)
    late = score(database, world, 8.0, late=DAY + HOUR)
    assert (grade(database, world).score, grade(database, world).raw_score) == (kept, 8.0)
    assert grade(database, world).submission_id == late


def test_the_best_is_chosen_after_the_policy(database: Database) -> None:
    world = made(database, late_kind=LateKind.FLAT, late_share=0.5)
    in_time = score(database, world, 6.0)
    score(database, world, 10.0, late=HOUR)
    assert (grade(database, world).submission_id, grade(database, world).score) == (in_time, 6.0)


def test_an_extension_granted_afterwards_makes_late_work_timely(database: Database) -> None:
    world = made(database, late_kind=LateKind.ZERO)
    score(database, world, 8.0, late=HOUR)
    assert grade(database, world).score == 0.0
    with database.transaction() as session:
        session.add(
            Extension(
                assignment_id=world.assignment_id,
                person_id=world.people["ada"],
                due_at=utc_now() + 40 * HOUR,
                reason="ill",
                granted_by=world.people["sam"],
                created_at=utc_now(),
            )
        )
    assert (grade(database, world).score, grade(database, world).late_factor) == (8.0, 1.0)


def test_scores_are_scaled_to_what_the_item_is_worth(database: Database) -> None:
    world = made(database)
    score(database, world, 8.0)
    with database.transaction() as session:
        session.get_one(AssignmentItem, world.item_id).points = 25.0
    assert (grade(database, world).score, grade(database, world).max_score) == (20.0, 25.0)


def test_a_score_of_an_older_version_counts_in_points_of_the_present_one(database: Database) -> None:
    world = made(database)
    score(database, world, 2.0, out_of=4.0)
    assert (grade(database, world).score, grade(database, world).max_score) == (5.0, 10.0)


def test_prechecks_do_not_count(database: Database) -> None:
    world = made(database)
    with database.transaction() as session:
        _finish(session, hand(session, world, purpose=Purpose.PRECHECK), 10.0)
    assert (grade(database, world).state, grade(database, world).attempts_used) == ("none", 0)


def test_what_could_not_be_graded_costs_nothing_and_counts_once_it_is(database: Database) -> None:
    world = made(database, counting=Counting.LAST)
    first = handed(database, world)
    taken = claimed(database)
    with database.transaction() as session:
        fail(session, taken, "died", retry=False, now=utc_now())
    failed = grade(database, world)
    assert (failed.state, failed.score, failed.attempts_used) == ("failed", None, 0)
    with database.transaction() as session:
        rerun(session, first.submission_id, lane=Lane.NORMAL, now=utc_now())
    assert grade(database, world).state == "queued"
    again = claimed(database)
    with database.transaction() as session:
        finish(session, again, report_of(7.0), image=None, now=utc_now())
    repaired = grade(database, world)
    assert (repaired.state, repaired.score, repaired.attempts_used) == ("graded", 7.0, 0)


def test_a_failed_last_attempt_does_not_take_an_earlier_result_away(database: Database) -> None:
    world = made(database, counting=Counting.LAST)
    earlier = score(database, world, 6.0)
    handed(database, world)
    taken = claimed(database)
    with database.transaction() as session:
        fail(session, taken, "died", retry=False, now=utc_now())
    assert (grade(database, world).submission_id, grade(database, world).score) == (earlier, 6.0)
    assert grade(database, world).attempts_used == 1


def test_a_written_answer_waits_for_its_marker(database: Database) -> None:
    world = made(database)
    with database.transaction() as session:
        submission = Submission(
            course_id=world.course_id,
            item_id=world.item_id,
            person_id=world.people["ada"],
            version_id=world.version_ids[TENSOR_ADD],
            purpose=Purpose.SUBMIT,
            attempt=1,
            origin=Origin.EDITOR,
            source=b"because",
            source_sha256="",
            submitted_at=utc_now(),
        )
        session.add(submission)
        session.flush()
        submission_id = submission.id
        session.add(WrittenAnswer(submission_id=submission_id, answer={"text": "because"}))
    assert (grade(database, world).state, grade(database, world).score) == ("awaiting_marking", None)
    with database.transaction() as session:
        session.get_one(WrittenAnswer, submission_id).points = 4.0
        session.get_one(AssignmentItem, world.item_id).points = 5.0
    assert (grade(database, world).state, grade(database, world).score) == ("graded", 2.0)


def test_a_class_costs_no_more_queries_than_one_student(database: Database) -> None:
    world = made(database)
    score(database, world, 5.0)
    with counted(database) as for_one, database.reading() as session:
        grades_of_assignment(session, world.assignment_id)
    with database.transaction() as session:
        for number in range(30):
            somebody = person(session, f"s{number}")
            enrol(session, world.course_id, somebody.id, CourseRole.STUDENT, world.section_id)
            world.people[somebody.login] = somebody.id
            for item_id in world.item_ids.values():
                _finish(session, hand(session, world, somebody.login, item_id=item_id), number / 3)
    with counted(database) as for_many, database.reading() as session:
        table = grades_of_assignment(session, world.assignment_id)
    assert len(table) == 61
    assert len(for_many) == len(for_one) <= 7, for_many
    assert not [statement for statement in for_many if "report" in statement or "statement" in statement]


def set_by_hand(database: Database, world: World, points: float, login: str = "ada") -> None:
    with database.transaction() as session:
        session.add(
            Override(
                item_id=world.item_id,
                person_id=world.people[login],
                points=points,
                reason="agreed",
                set_by=world.people["tina"],
                created_at=utc_now(),
            )
        )


def test_points_set_by_a_person_win_over_attempts_and_lateness(database: Database) -> None:
    world = made(database, late_kind=LateKind.ZERO, closes_at=None)
    counts = score(database, world, 8.0, late=HOUR)
    set_by_hand(database, world, 6.0)
    now = grade(database, world)
    assert (now.score, now.state, now.is_overridden) == (6.0, "graded", True)
    assert (now.raw_score, now.late_factor, now.submission_id) == (8.0, 0.0, counts)
    assert not grade(database, world, "bob").is_overridden


def test_points_set_for_somebody_who_handed_in_nothing_count(database: Database) -> None:
    world = made(database)
    set_by_hand(database, world, 4.0)
    now = grade(database, world)
    assert (now.score, now.raw_score, now.state, now.attempts_used) == (4.0, None, "graded", 0)
    with database.reading() as session:
        assert set(grades_of_assignment(session, world.assignment_id)) == {(world.people["ada"], world.item_id)}


def test_once_taken_back_the_attempts_count_again(database: Database) -> None:
    world = made(database)
    score(database, world, 8.0)
    set_by_hand(database, world, 2.0)
    with database.transaction() as session:
        session.scalars(select(Override)).one().revoked_at = utc_now()
    now = grade(database, world)
    assert (now.score, now.is_overridden) == (8.0, False)
