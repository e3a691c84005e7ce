from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from sqlalchemy import event, select, text
from sqlalchemy.orm import Session

from grader.clock import utc_now
from grader.services.grading.runs import (
    LEASE_S,
    MAX_LOST_TRIES,
    MAX_NUDGES,
    MAX_TRIES,
    NUDGE_AGAIN_S,
    Claim,
    claim,
    enqueue,
    fail,
    finish,
    heartbeat,
    put_back,
    report_progress,
    rerun,
    sweep,
)
from grader.services.handing_in.attempts import attempts_used, give_back
from grader.services.questions.publish import publish
from grader.services.refusals import Reason, Refused
from grader.store.database import Database
from grader.store.models import CaseOutcome, GradingRun, Submission
from grader.store.words import Device, Lane, RunState
from grader.vocab import Verdict
from tests.services.handing import another_course, at_once, claimed, hand, handed, not_graded, report_of, run_of
from tests.world import TENSOR_ADD, World, bank_question, make_world

SECOND = dt.timedelta(seconds=1)


@pytest.fixture
def world(database: Database) -> World:
    with database.transaction() as session:
        return make_world(session, attempts_allowed=50)


def queue(session: Session, world: World, course_id: int, number: int, lane: Lane = Lane.NORMAL) -> list[int]:
    """Runs that a course has waiting; which submission they are for does not matter to the queue."""
    ids = []
    for _ in range(number):
        submission = Submission(
            course_id=course_id,
            item_id=world.item_id,
            person_id=world.people["ada"],
            version_id=world.version_ids[TENSOR_ADD],
            purpose="precheck",
            origin="editor",
            source=b"",
            source_sha256="",
            submitted_at=utc_now(),
        )
        session.add(submission)
        session.flush()
        ids.append(enqueue(session, submission, lane=lane, now=utc_now()).id)
    return ids


def serve(database: Database, number: int) -> list[int]:
    """The next runs in the order in which one worker grades them."""
    served: list[int] = []
    for _ in range(number):
        taken = claimed(database)
        served.append(taken.run_id)
        with database.transaction() as session:
            assert finish(session, taken, report_of(), image=None, now=utc_now())
    return served


def test_a_claim_holds_all_that_grading_needs(database: Database, world: World) -> None:
    first = handed(database, world)
    now = utc_now()
    taken = claimed(database, "worker-1", now)
    with database.reading() as session:
        run = run_of(session, first.submission_id)
        assert taken == Claim(
            run_id=run.id,
            lease_token=run.lease_token or "",
            version_id=world.version_ids[TENSOR_ADD],
            source=run.submission.source,
            seed=run.seed,
            only_public=False,
            lane=Lane.NORMAL,
            course_id=world.course_id,
            tries=1,
        )
        assert (run.state, run.worker, run.started_at) == (RunState.RUNNING, "worker-1", now)
        assert run.lease_expires_at == now + LEASE_S * SECOND
    with database.transaction() as session:
        assert claim(session, Device.CPU, "worker-2", now) is None


def test_a_worker_gets_only_what_its_device_can_grade(database: Database, world: World) -> None:
    with database.transaction() as session:
        run_of(session, hand(session, world).submission_id).device = Device.GPU
    with database.transaction() as session:
        assert claim(session, Device.CPU, "w", utc_now()) is None
        assert claim(session, Device.GPU, "w", utc_now()) is not None


def test_two_workers_never_get_the_same_run(database: Database, world: World) -> None:
    with database.transaction() as session:
        ids = queue(session, world, world.course_id, 20)

    def work() -> list[int]:
        taken: list[int] = []
        while True:
            with database.transaction() as session:
                got = claim(session, Device.CPU, "w", utc_now())
            if got is None:
                return taken
            taken.append(got.run_id)

    results = at_once([work] * 6)
    assert sorted(run_id for result in results if isinstance(result, list) for run_id in result) == ids


@pytest.mark.parametrize("database_url", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True)
def test_a_run_that_another_worker_is_just_taking_is_passed_over(database: Database, world: World) -> None:
    first, second = handed(database, world), handed(database, world, source=b"n = 2")
    with database.transaction() as session, database.transaction() as other:
        mine = claim(session, Device.CPU, "w1", utc_now())
        theirs = claim(other, Device.CPU, "w2", utc_now())
        assert mine is not None
        assert theirs is not None
        assert [mine.run_id, theirs.run_id] == [first.run_id, second.run_id]


def test_a_result_is_kept_whole_and_by_case(database: Database, world: World) -> None:
    first = handed(database, world)
    taken = claimed(database)
    now = utc_now()
    with database.transaction() as session:
        assert report_progress(
            session,
            taken,
            [{"name": "small", "visibility": "public", "verdict": "accepted", "points": 1, "max_points": 1}],
            now,
        )
        assert finish(session, taken, report_of(4.0), image="sha256:1", now=now)
    with database.reading() as session:
        run = run_of(session, first.submission_id)
        assert (run.state, run.verdict, run.score, run.max_score) == (RunState.FINISHED, Verdict.PARTIAL, 4.0, 10.0)
        assert (run.sandbox, run.image, run.duration_ms, run.finished_at) == ("docker", "sha256:1", 40, now)
        assert (run.lease_token, run.lease_expires_at, run.progress, run.fault) == (None, None, None, None)
        assert [(case.name, case.points, case.diagnosis) for case in run.cases] == [
            ("small", 1.0, None),
            ("large", 3.0, "wrong_value"),
        ]


def test_a_worker_that_lost_its_lease_writes_nothing(database: Database, world: World) -> None:
    first = handed(database, world)
    lost = claimed(database, "w1")
    with database.transaction() as session:
        assert sweep(session, utc_now() + (LEASE_S + 1) * SECOND).requeued == 1
    held = claimed(database, "w2")
    assert held.run_id == lost.run_id
    with database.transaction() as session:
        now = utc_now()
        assert not finish(session, lost, report_of(1.0), image=None, now=now)
        assert not report_progress(session, lost, [], now)
        assert not fail(session, lost, "mine", retry=False, now=now)
        assert heartbeat(session, [lost.lease_token, held.lease_token], now) == {held.lease_token}
    with database.transaction() as session:
        assert session.scalars(select(CaseOutcome)).all() == []
        assert finish(session, held, report_of(), image=None, now=utc_now())
        assert not finish(session, held, report_of(1.0), image=None, now=utc_now())
    with database.reading() as session:
        run = run_of(session, first.submission_id)
        assert (run.verdict, run.score, run.tries, run.worker) == (Verdict.ACCEPTED, 10.0, 2, "w2")


def test_two_results_raced_for_one_run_leave_one(database: Database, world: World) -> None:
    handed(database, world)
    taken = claimed(database)

    def write(score: float) -> tuple[float, bool]:
        with database.transaction() as session:
            return score, finish(session, taken, report_of(score), image=None, now=utc_now())

    results = at_once([partial(write, float(score)) for score in range(1, 6)])
    [kept] = [result[0] for result in results if isinstance(result, tuple) and result[1]]
    with database.reading() as session:
        assert session.get_one(GradingRun, taken.run_id).score == kept
        assert len(session.scalars(select(CaseOutcome)).all()) == 2


def test_a_heartbeat_keeps_a_run_from_the_sweeper(database: Database, world: World) -> None:
    handed(database, world)
    start = utc_now()
    taken = claimed(database, now=start)
    with database.transaction() as session:
        assert heartbeat(session, {taken.lease_token}, start + 15 * SECOND) == {taken.lease_token}
        assert heartbeat(session, [], start) == set()
    with database.transaction() as session:
        assert sweep(session, start + (LEASE_S + 10) * SECOND).requeued == 0
        assert sweep(session, start + (LEASE_S + 16) * SECOND).requeued == 1


def test_a_run_that_workers_keep_losing_fails_in_the_end_and_its_attempt_is_given_back(
    database: Database, world: World
) -> None:
    first = handed(database, world)
    later = utc_now()
    swept = []
    for _ in range(MAX_LOST_TRIES):
        claimed(database, now=later)
        later += (LEASE_S + 1) * SECOND
        with database.transaction() as session:
            swept.append(sweep(session, later))
    assert [(each.requeued, each.failed) for each in swept] == [(1, 0)] * (MAX_LOST_TRIES - 1) + [(0, 1)]
    with database.reading() as session:
        run = run_of(session, first.submission_id)
        assert (run.state, run.tries, run.verdict, run.lease_token) == (RunState.FAILED, MAX_LOST_TRIES, None, None)
        assert run.fault is not None
        assert run.submission.given_back_at == later
        assert attempts_used(session, world.item_id, world.people["ada"]) == 0


def test_sweepers_at_the_same_moment_take_each_lost_run_back_once(database: Database, world: World) -> None:
    start = utc_now()
    for number in range(6):
        handed(database, world, source=f"n = {number}".encode())
        taken = claimed(database, now=start)
        with database.transaction() as session:
            session.get_one(GradingRun, taken.run_id).tries = MAX_LOST_TRIES

    def act() -> int:
        with database.transaction() as session:
            return sweep(session, start + (LEASE_S + 1) * SECOND).failed

    results = at_once([act] * 4)
    assert sum(result for result in results if isinstance(result, int)) == 6
    assert not [result for result in results if isinstance(result, Exception)]
    with database.reading() as session:
        assert attempts_used(session, world.item_id, world.people["ada"]) == 0


def test_our_fault_is_retried_in_the_old_turn(database: Database, world: World) -> None:
    first = handed(database, world)
    handed(database, world, source=b"n = 2")
    taken = claimed(database)
    with database.transaction() as session:
        assert finish(session, taken, not_graded(message="the judge\x1b[31m died\0"), image=None, now=utc_now())
    with database.reading() as session:
        run = run_of(session, first.submission_id)
        assert (run.state, run.fault) == (RunState.QUEUED, "the judge died�")
        assert run.submission.given_back_at is None
    again = claimed(database)
    assert (again.run_id, again.tries, again.seed) == (taken.run_id, 2, taken.seed)
    with database.transaction() as session:
        assert finish(session, again, report_of(), image=None, now=utc_now())
        assert run_of(session, first.submission_id).fault is None


def test_a_fault_of_ours_that_stays_ends_the_run_after_a_few_tries(database: Database, world: World) -> None:
    first = handed(database, world)
    for _ in range(MAX_TRIES):
        taken = claimed(database)
        with database.transaction() as session:
            assert finish(session, taken, not_graded(), image=None, now=utc_now())
    with database.reading() as session:
        run = run_of(session, first.submission_id)
        assert (run.state, run.tries) == (RunState.FAILED, MAX_TRIES)
        assert run.submission.given_back_at is not None


def test_a_worker_that_stops_puts_its_run_back_as_if_it_had_not_taken_it(database: Database, world: World) -> None:
    first = handed(database, world)
    handed(database, world, source=b"n = 2")
    for _ in range(MAX_TRIES + 1):
        taken = claimed(database)
        assert (taken.run_id, taken.tries) == (first.run_id, 1)
        with database.transaction() as session:
            assert put_back(session, taken, "the worker was stopped", now=utc_now())
            assert not put_back(session, taken, "the worker was stopped", now=utc_now())


def test_an_authors_fault_is_not_retried_and_gives_the_attempt_back(database: Database, world: World) -> None:
    first = handed(database, world)
    taken = claimed(database)
    with database.transaction() as session:
        assert finish(session, taken, not_graded("author", "reference raised"), image=None, now=utc_now())
    with database.reading() as session:
        run = run_of(session, first.submission_id)
        assert (run.state, run.fault) == (RunState.FAILED, "reference raised")
        assert attempts_used(session, world.item_id, world.people["ada"]) == 0


def test_an_attempt_is_given_back_once_and_its_number_is_not_used_again(database: Database, world: World) -> None:
    first = handed(database, world)
    handed(database, world, source=b"n = 2")

    def act() -> None:
        with database.transaction() as session:
            give_back(session, first.submission_id)

    assert at_once([act] * 4) == []
    with database.transaction() as session:
        assert attempts_used(session, world.item_id, world.people["ada"]) == 1
        third = hand(session, world, source=b"n = 3")
        assert session.get_one(Submission, third.submission_id).attempt == 3
        assert attempts_used(session, world.item_id, world.people["ada"]) == 2


def test_normal_work_goes_before_bulk_work(database: Database, world: World) -> None:
    with database.transaction() as session:
        bulk = queue(session, world, world.course_id, 3, Lane.REGRADE)
        normal = queue(session, world, world.course_id, 2)
    assert serve(database, 5) == [*normal, *bulk]


def test_a_course_that_hands_in_one_is_not_kept_waiting_by_one_that_hands_in_a_hundred(
    database: Database, world: World
) -> None:
    with database.transaction() as session:
        small = another_course(session, "small")
        big = queue(session, world, world.course_id, 100)
    assert serve(database, 30) == big[:30]
    working = claimed(database)
    assert working.run_id == big[30]
    with database.transaction() as session:
        [one] = queue(session, world, small, 1)
    assert serve(database, 2) == [one, big[31]]


def test_two_courses_take_turns(database: Database, world: World) -> None:
    with database.transaction() as session:
        other = another_course(session, "other")
        first = queue(session, world, world.course_id, 6)
        second = queue(session, world, other, 3)
    assert serve(database, 9) == [
        first[0],
        second[0],
        first[1],
        second[1],
        first[2],
        second[2],
        first[3],
        first[4],
        first[5],
    ]


def test_a_course_gains_nothing_by_having_been_idle(database: Database, world: World) -> None:
    with database.transaction() as session:
        other = another_course(session, "other")
        first = queue(session, world, world.course_id, 40)
    assert serve(database, 20) == first[:20]
    claimed(database)
    with database.transaction() as session:
        second = queue(session, world, other, 6)
    order = serve(database, 12)
    assert [run_id in second for run_id in order].count(True) == 6
    # Not six in a row: the idle course starts level with the busy one.
    assert order.index(second[5]) >= 10


def test_one_course_at_a_time_costs_no_other_its_turn_after_a_pause(database: Database, world: World) -> None:
    with database.transaction() as session:
        other = another_course(session, "other")
        first = queue(session, world, world.course_id, 30)
    assert serve(database, 30) == first
    with database.transaction() as session:
        busy_before = queue(session, world, world.course_id, 1)
        newcomer = queue(session, world, other, 1)
    assert serve(database, 2) == busy_before + newcomer


def test_a_run_whose_message_was_lost_is_announced_again(database: Database, world: World) -> None:
    start = utc_now()
    with database.transaction() as session:
        hand(session, world, now=start)
    with database.transaction() as session:
        assert sweep(session, start + SECOND).to_nudge == {}
        assert sweep(session, start + (NUDGE_AGAIN_S + 1) * SECOND).to_nudge == {Device.CPU: 1}
        assert sweep(session, start + (NUDGE_AGAIN_S + 2) * SECOND).to_nudge == {}


def test_a_run_taken_back_is_announced_at_once(database: Database, world: World) -> None:
    handed(database, world)
    taken = claimed(database)
    with database.transaction() as session:
        fail(session, taken, "died", retry=True, now=utc_now())
        assert sweep(session, utc_now()).to_nudge == {Device.CPU: 1}


def test_a_long_queue_is_announced_in_portions(database: Database, world: World) -> None:
    with database.transaction() as session:
        ids = queue(session, world, world.course_id, MAX_NUDGES + 10)
    with database.transaction() as session:
        late = utc_now() + (NUDGE_AGAIN_S + 1) * SECOND
        assert sweep(session, late).to_nudge == {Device.CPU: MAX_NUDGES}
        assert session.get_one(GradingRun, ids[0]).nudged_at == late
        assert sweep(session, late + SECOND).to_nudge == {Device.CPU: 10}


def test_what_could_not_be_graded_is_graded_again_beside_the_old_run(database: Database, world: World) -> None:
    first = handed(database, world)
    taken = claimed(database)
    with database.transaction() as session:
        fail(session, taken, "died", retry=False, now=utc_now())
    with database.transaction() as session:
        repaired = publish(session, replace(bank_question(TENSOR_ADD), version="sha256:repaired"))
        new = rerun(session, first.submission_id, lane=Lane.NORMAL, now=utc_now())
        assert (new.version_id, new.seed) == (repaired.version_id, taken.seed)
    again = claimed(database)
    with database.transaction() as session:
        assert finish(session, again, report_of(), image=None, now=utc_now())
    with database.reading() as session:
        old, new = session.get_one(Submission, first.submission_id).runs
        assert [(run.state, run.is_live) for run in (old, new)] == [
            (RunState.FAILED, False),
            (RunState.FINISHED, True),
        ]
        assert new.submission.given_back_at is not None
        assert attempts_used(session, world.item_id, world.people["ada"]) == 0


def test_only_what_could_not_be_graded_is_graded_again(database: Database, world: World) -> None:
    first = handed(database, world)
    for act in (lambda: None, lambda: claimed(database)):
        act()
        with database.transaction() as session, pytest.raises(Refused) as caught:
            rerun(session, first.submission_id, lane=Lane.NORMAL, now=utc_now())
        assert caught.value.reason is Reason.CONFLICT
    with database.transaction() as session, pytest.raises(Refused) as caught:
        rerun(session, 999_999, lane=Lane.NORMAL, now=utc_now())
    assert caught.value.reason is Reason.NOT_FOUND


def test_a_rerun_asked_for_twice_at_once_is_queued_once(database: Database, world: World) -> None:
    first = handed(database, world)
    taken = claimed(database)
    with database.transaction() as session:
        fail(session, taken, "died", retry=False, now=utc_now())

    def act() -> int:
        with database.transaction() as session:
            return rerun(session, first.submission_id, lane=Lane.NORMAL, now=utc_now()).id

    results = at_once([act] * 4)
    assert sum(isinstance(result, int) for result in results) == 1
    assert [error.reason for error in results if isinstance(error, Refused)] == [Reason.CONFLICT] * 3


def test_a_claim_walks_the_queues_index_however_long_the_queue(database: Database, world: World) -> None:
    with database.transaction() as session:
        queue(session, world, world.course_id, 50)
        columns = [column.key for column in GradingRun.__table__.columns if column.key not in {"id", "is_live", "turn"}]
        names = ", ".join(columns)
        # Ten thousand waiting and ten thousand graded.
        for state, verdict, first in (("queued", "verdict", 1_000), ("finished", "'accepted'", 20_000)):
            values = ", ".join({"state": f"'{state}'", "verdict": verdict}.get(column, column) for column in columns)
            session.execute(
                text(
                    f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200) "
                    f"INSERT INTO grading_run (id, is_live, turn, {names}) "
                    f"SELECT {first} + grading_run.id * 200 + i, FALSE, {first} + grading_run.id * 200 + i, {values} "
                    "FROM grading_run, n WHERE grading_run.id <= 50"
                )
            )
    with database.transaction() as session:
        session.execute(text("ANALYZE"))
    plan = _sqlite_plan(database) if database.is_sqlite else _postgres_plan(database)
    assert "ix_grading_run_queue" in plan, plan
    assert "sort" not in plan.lower(), plan
    assert "temp b-tree" not in plan.lower(), plan


def _statement_of_a_claim(database: Database) -> tuple[str, Any]:
    """How a claim looks for its run, as the driver gets it."""
    said: list[tuple[str, Any]] = []

    def listen(_connection: object, _cursor: object, statement: str, given: Any, *_rest: object) -> None:
        said.append((statement, given))

    event.listen(database.engine, "before_cursor_execute", listen)
    with database.transaction() as session:
        claim(session, Device.CPU, "w", utc_now())
    event.remove(database.engine, "before_cursor_execute", listen)
    return next(each for each in said if each[0].startswith("SELECT"))


def _sqlite_plan(database: Database) -> str:
    statement, given = _statement_of_a_claim(database)
    with database.reading() as session:
        rows = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", given).all()
    return "\n".join(str(row) for row in rows)


def _postgres_plan(database: Database) -> str:
    """The plan that a prepared statement may be run by in the end: made without knowing its parameters."""
    statement, given = _statement_of_a_claim(database)
    for position, name in enumerate(given, start=1):
        statement = statement.replace(f"%({name})s", f"${position}")
    values = ", ".join(f"'{value}'" for value in given.values())
    with database.reading() as session:
        session.execute(text("SET LOCAL plan_cache_mode = force_generic_plan"))
        connection = session.connection()
        connection.exec_driver_sql(f"PREPARE claiming AS {statement}")
        rows = connection.exec_driver_sql(f"EXPLAIN EXECUTE claiming({values})").all()
    return "\n".join(str(row) for row in rows)
