"""Students, workers that stop at the worst moments, and sweepers, all at once: nothing lost, nothing twice."""

from __future__ import annotations

import datetime as dt
import random
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from grader.clock import utc_now
from grader.services.grading import runs
from grader.services.handing_in.submit import Handed
from grader.services.refusals import Refused
from grader.store.database import Database
from grader.store.models import Allowance, CaseOutcome, GradingRun, Submission
from grader.store.words import Device, Lane, Purpose, RunState
from tests.services.handing import at_once, hand, not_graded, report_of
from tests.world import World, make_world

STUDENTS = ("ada", "bob")
HANDED_IN_BY_EACH = 20
WORKERS = 4
LATER = dt.timedelta(seconds=runs.LEASE_S + 1)
# Longer than a slow machine takes for most runs, or nothing would ever be finished.
SWEEP_EVERY_S = 0.2
PATIENCE_S = 50.0


def study(database: Database, world: World, login: str, chance: random.Random) -> list[Handed]:
    """Hand in again and again, often twice with the same key, as after an answer that was lost."""
    taken = []
    for number in range(HANDED_IN_BY_EACH):
        purpose = chance.choice([Purpose.SUBMIT, Purpose.SUBMIT, Purpose.PRECHECK])
        for _ in range(chance.choice([1, 1, 2])):
            while True:
                try:
                    with database.transaction() as session:
                        source = f"n = {number}".encode()
                        taken.append(hand(session, world, login, source, key=f"{login}{number}", purpose=purpose))
                    break
                except Refused:  # too many are waiting
                    time.sleep(0.01)
    return taken


def work(database: Database, chance: random.Random, until_s: float) -> int:
    """Take runs and end them in every way there is, until all is graded; how many results were kept."""
    kept = 0
    while time.monotonic() < until_s:
        with database.transaction() as session:
            claim = runs.claim(session, Device.CPU, "w", utc_now())
        if claim is None:
            with database.reading() as session:
                if _is_over(session):
                    break
            time.sleep(0.01)
            continue
        end = chance.random()
        with database.transaction() as session:
            now = utc_now()
            if end < 0.15:
                continue  # killed: nobody says anything
            if end < 0.25:
                runs.fail(session, claim, "the judge died", retry=True, now=now)
            elif end < 0.30:
                runs.put_back(session, claim, "stopped", now=now)
            elif end < 0.35:
                runs.finish(session, claim, not_graded("author"), image=None, now=now)
            else:
                kept += runs.finish(session, claim, report_of(), image=None, now=now)
                kept += runs.finish(session, claim, report_of(1.0), image=None, now=now)
    return kept


def _is_over(session: Session) -> bool:
    handed_in = session.scalar(select(func.count()).select_from(Submission)) or 0
    unfinished = select(func.count()).where(GradingRun.is_live, GradingRun.state != RunState.FINISHED)
    return handed_in >= len(STUDENTS) * HANDED_IN_BY_EACH and not session.scalar(unfinished)


def sweep(database: Database, until_s: float) -> int:
    """Sweep as if every lease had run out, also those of workers that are only slow; and have failures rerun."""
    while time.monotonic() < until_s:
        with database.transaction() as session:
            runs.sweep(session, utc_now() + LATER)
        # Two may ask for the same one: the second is told so.
        with suppress(Refused), database.transaction() as session:
            failed = select(GradingRun.submission_id).where(GradingRun.state == RunState.FAILED, GradingRun.is_live)
            for submission_id in session.scalars(failed.limit(1)).all():
                runs.rerun(session, submission_id, lane=Lane.REGRADE, now=utc_now())
        with database.reading() as session:
            if _is_over(session):
                break
        time.sleep(SWEEP_EVERY_S)
    return 0


@pytest.mark.slow
def test_whatever_happens_every_submission_has_one_result_and_costs_one_attempt(database: Database) -> None:
    seed = random.SystemRandom().randrange(1_000_000)
    print(f"seed {seed}")  # noqa: T201  shown when the test fails
    with database.transaction() as session:
        world = make_world(session)
    until_s = time.monotonic() + PATIENCE_S
    acts: list[Callable[[], Any]] = [partial(study, database, world, login, random.Random(seed)) for login in STUDENTS]
    acts += [partial(work, database, random.Random(seed + worker), until_s) for worker in range(WORKERS)]
    acts += [partial(sweep, database, until_s)] * 2
    results = at_once(acts)
    assert not [result for result in results if isinstance(result, Exception)]
    handed = [each for result in results if isinstance(result, list) for each in result]
    with database.reading() as session:
        assert len({each.submission_id for each in handed}) == len(STUDENTS) * HANDED_IN_BY_EACH
        for submission in session.scalars(select(Submission)):
            live = [run for run in submission.runs if run.is_live]
            assert [run.state for run in live] == [RunState.FINISHED], submission.id
            assert all(run.state is RunState.FAILED for run in submission.runs if not run.is_live)
        kept = sum(result for result in results if isinstance(result, int))
        finished = select(func.count()).where(GradingRun.state == RunState.FINISHED)
        assert session.scalar(finished) == kept
        assert session.scalar(select(func.count()).select_from(CaseOutcome)) == 2 * kept
        assert set(session.scalars(select(GradingRun.score).where(GradingRun.score.is_not(None)))) == {10.0}
        for login in STUDENTS:
            row = session.get_one(Allowance, (world.item_id, world.people[login]))
            mine = select(Submission).where(Submission.person_id == row.person_id, Submission.attempt.is_not(None))
            attempts = session.scalars(mine).all()
            assert sorted(each.attempt or 0 for each in attempts) == list(range(1, row.issued + 1))
            assert row.used == sum(each.given_back_at is None for each in attempts)
            unlucky = {each.id for each in attempts if each.given_back_at is not None}
            once_failed = select(GradingRun.submission_id).where(GradingRun.state == RunState.FAILED)
            assert unlucky == set(session.scalars(once_failed)) & {each.id for each in attempts}
