"""What the tests of the queue do again and again: hand in, claim, report, and do things at the same moment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from threading import Barrier, Thread
from typing import TypeVar

from sqlalchemy.orm import Session

from grader.clock import utc_now
from grader.pipeline.order import CaseResult, Details, Fault, Provenance, RunReport
from grader.services.grading.runs import Claim, claim, finish
from grader.services.handing_in.submit import Handed, hand_in
from grader.store.database import Database
from grader.store.models import Course, GradingRun, Submission
from grader.store.words import Device, Origin, Purpose
from grader.vocab import Verdict, Visibility
from tests.world import World

T = TypeVar("T")
SOURCE = b"def tensor_add(a, b):\n    return a + b\n"


def hand(
    session: Session,
    world: World,
    login: str = "ada",
    source: bytes = SOURCE,
    *,
    key: str | None = None,
    now: dt.datetime | None = None,
    purpose: Purpose = Purpose.SUBMIT,
    item_id: int | None = None,
) -> Handed:
    """Hand in tensor_add."""
    return hand_in(
        session,
        person_id=world.people[login],
        item_id=item_id or world.item_id,
        source=source,
        purpose=purpose,
        origin=Origin.EDITOR,
        idempotency_key=key,
        now=now,
    )


def handed(database: Database, world: World, login: str = "ada", source: bytes = SOURCE) -> Handed:
    """The same in a transaction of its own."""
    with database.transaction() as session:
        return hand(session, world, login, source)


def claimed(database: Database, worker: str = "w1", now: dt.datetime | None = None) -> Claim:
    """The next run of the CPU queue, which there must be."""
    with database.transaction() as session:
        taken = claim(session, Device.CPU, worker, now or utc_now())
    assert taken is not None
    return taken


def report_of(score: float = 10.0, max_score: float = 10.0, **given: object) -> RunReport:
    """A verdict with one public and one hidden case."""
    verdict = Verdict.ACCEPTED if score == max_score else Verdict.PARTIAL
    cases = (
        CaseResult("small", Visibility.PUBLIC, Verdict.ACCEPTED, 1.0, 1.0, message="Right."),
        CaseResult(
            "large",
            Visibility.HIDDEN,
            verdict if verdict is Verdict.ACCEPTED else Verdict.WRONG_ANSWER,
            score - 1.0,
            max_score - 1.0,
            diagnosis=None if verdict is Verdict.ACCEPTED else "wrong_value",
            message="secret message about 42",
            details=Details(counterexample="secret = 42"),
        ),
    )
    values: dict[str, object] = {
        "question": "infr10086/tutorial3/tensor_add",
        "verdict": verdict,
        "score": score,
        "max_score": max_score,
        "duration_ms": 40,
        "sandbox": "docker",
        "device": "cpu",
        "cases": cases,
        "provenance": Provenance(version="sha256:1", seed=7),
    }
    return RunReport(**(values | given))  # type: ignore[arg-type]  # a test says what differs


def not_graded(by: str = "grader", message: str = "the judge died") -> RunReport:
    """A report that is no verdict."""
    return report_of(0.0, verdict=Verdict.JUDGE_ERROR, cases=(), fault=Fault(by, message))


def graded(database: Database, world: World, login: str = "ada", score: float = 10.0) -> int:
    """Hand in and grade; the submission's id. Nothing else may be waiting."""
    submission_id = handed(database, world, login).submission_id
    taken = claimed(database)
    with database.transaction() as session:
        assert finish(session, taken, report_of(score), image=None, now=utc_now())
    return submission_id


def run_of(session: Session, submission_id: int) -> GradingRun:
    """The newest run of a submission."""
    return session.get_one(Submission, submission_id).runs[-1]


def another_course(session: Session, slug: str) -> int:
    """A course to be fair to."""
    course = Course(slug=slug, title=slug, term="2026", created_at=utc_now())
    session.add(course)
    session.flush()
    return course.id


def at_once(acts: Sequence[Callable[[], T]]) -> list[T | Exception]:
    """What each act returned or raised, all started at the same moment in threads of their own."""
    start = Barrier(len(acts))
    results: list[T | Exception | None] = [None] * len(acts)

    def run(position: int) -> None:
        start.wait()
        try:
            results[position] = acts[position]()
        except Exception as error:  # noqa: BLE001  the test looks at it
            results[position] = error

    threads = [Thread(target=run, args=(position,)) for position in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not any(thread.is_alive() for thread in threads)
    return [result for result in results if result is not None]
