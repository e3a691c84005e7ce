"""Running exactly the same again: it is compared, and never becomes the result."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest
from sqlalchemy import func, select

from grader.clock import utc_now
from grader.pipeline.feedback import Audience
from grader.pipeline.order import RunReport
from grader.services.dashboards.scores import scores_csv
from grader.services.grades.grades import grades_of_person
from grader.services.grades.standings import refresh
from grader.services.grading import replays
from grader.services.grading.results import live_among, live_run, state_json, submissions_of
from grader.services.grading.runs import fail, finish
from grader.services.refusals import Refused
from grader.store.database import Database
from grader.store.models import GradingRun, Replay, Submission
from grader.store.words import Lane, RunState
from grader.vocab import Verdict
from tests.services.handing import at_once, claimed, graded, hand, report_of
from tests.world import World, make_world


@pytest.fixture
def world(database: Database) -> World:
    with database.transaction() as session:
        return make_world(session)


def run_id_of(database: Database, submission_id: int) -> int:
    with database.reading() as session:
        run = live_run(session, submission_id)
        assert run is not None
        return run.id


def replay(database: Database, world: World, run_id: int) -> int:
    with database.transaction() as session:
        return replays.replay(session, run_id, asked_by=world.people["tina"], now=utc_now()).id


def replayed(database: Database, world: World, submission_id: int, report: RunReport, image: str | None = None) -> int:
    """Ask, and grade it so."""
    run_id = replay(database, world, run_id_of(database, submission_id))
    taken = claimed(database)
    assert taken.run_id == run_id
    with database.transaction() as session:
        assert finish(session, taken, report, image=image, now=utc_now())
    return run_id


def compared(database: Database, submission_id: int) -> replays.Comparison:
    with database.reading() as session:
        run = live_run(session, submission_id)
        assert run is not None
        [again, *_] = replays.replays_of(session, run.id)
        found = replays.compared(run, again.run)
    assert found is not None
    return found


def test_a_replay_has_the_same_source_version_and_seed_and_waits_behind_students(
    database: Database, world: World
) -> None:
    submission_id = graded(database, world, score=4.0)
    run_id = replay(database, world, run_id_of(database, submission_id))
    with database.transaction() as session:
        student = hand(session, world, "bob").run_id
        first = session.get_one(GradingRun, run_id_of_live(session, submission_id))
        again = session.get_one(GradingRun, run_id)
        assert (again.submission_id, again.version_id, again.seed) == (submission_id, first.version_id, first.seed)
        assert (again.is_live, again.lane) == (False, Lane.REGRADE)
    assert claimed(database).run_id == student
    assert claimed(database).run_id == run_id


def run_id_of_live(session: object, submission_id: int) -> int:
    run = live_run(session, submission_id)  # type: ignore[arg-type]
    assert run is not None
    return run.id


def test_a_replay_never_changes_a_grade_nor_stands_for_the_result(database: Database, world: World) -> None:
    submission_id = graded(database, world, score=4.0)

    def everything() -> tuple[object, ...]:
        with database.transaction() as session:
            refresh(session, world.assignment_id)
            state = state_json(session, submission_id, Audience.STUDENT)
            [given] = submissions_of(session, world.item_id, world.people["ada"])
            live = live_among(given)
            return (
                grades_of_person(session, world.assignment_id, world.people["ada"]),
                scores_csv(session, world.assignment_id),
                state,
                live and live.score,
                given.given_back_at,
            )

    before = everything()
    replayed(database, world, submission_id, report_of(10.0))
    assert everything() == before
    run_id = replay(database, world, run_id_of(database, submission_id))
    assert everything() == before
    taken = claimed(database)
    assert taken.run_id == run_id
    with database.transaction() as session:
        fail(session, taken, "the machine broke", retry=False, now=utc_now())
    assert everything() == before


def test_two_runs_that_came_to_the_same_are_reproducible(database: Database, world: World) -> None:
    submission_id = graded(database, world, score=4.0)
    replayed(database, world, submission_id, report_of(4.0, duration_ms=4000))
    found = compared(database, submission_id)
    assert (found.is_same_result, found.is_same_place, found.different) == (True, True, 0)
    assert [case.name for case in found.cases] == ["small", "large"]


def test_a_case_that_came_to_something_else_is_named(database: Database, world: World) -> None:
    submission_id = graded(database, world, score=4.0)
    replayed(database, world, submission_id, report_of(10.0), image="sha256:other")
    found = compared(database, submission_id)
    assert (found.is_same_result, found.is_same_place) == (False, False)
    assert [case.name for case in found.cases if not case.is_same] == ["large"]


def test_a_case_that_said_something_else_is_the_same_with_other_figures(database: Database, world: World) -> None:
    submission_id = graded(database, world, score=4.0)
    other = report_of(4.0)
    cases = (replace(other.cases[0], message="Right, by 1e-7."), other.cases[1])
    replayed(database, world, submission_id, replace(other, cases=cases))
    found = compared(database, submission_id)
    assert found.is_same_result
    assert [case.differs_in_words_only for case in found.cases] == [True, False]


def test_a_case_that_is_missing_makes_a_difference(database: Database, world: World) -> None:
    submission_id = graded(database, world, score=4.0)
    other = report_of(4.0)
    replayed(database, world, submission_id, replace(other, cases=other.cases[:1]))
    found = compared(database, submission_id)
    assert not found.is_same_result
    assert [(case.name, case.second is None) for case in found.cases] == [("small", False), ("large", True)]


def test_asking_again_while_one_waits_is_the_same_replay(database: Database, world: World) -> None:
    submission_id = graded(database, world, score=4.0)
    run_id = run_id_of(database, submission_id)
    done = at_once([partial(replay, database, world, run_id) for _ in range(3)])
    assert len({one for one in done if isinstance(one, int)}) == 1
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Replay)) == 1


def test_what_has_no_result_or_is_a_replay_is_not_replayed(database: Database, world: World) -> None:
    with database.transaction() as session:
        waiting = hand(session, world).run_id
    assert waiting is not None
    with pytest.raises(Refused, match="Only a result"):
        replay(database, world, waiting)
    taken = claimed(database)
    with database.transaction() as session:
        finish(session, taken, report_of(4.0), image=None, now=utc_now())
        submission_id = session.get_one(GradingRun, waiting).submission_id
    again = replayed(database, world, submission_id, report_of(4.0))
    with pytest.raises(Refused, match="repetition itself"):
        replay(database, world, again)
    with database.reading() as session:
        runs = session.get_one(Submission, submission_id).runs
        assert [(run.is_live, run.state, run.verdict) for run in runs] == [
            (True, RunState.FINISHED, Verdict.PARTIAL),
            (False, RunState.FINISHED, Verdict.PARTIAL),
        ]
