"""A class that goes wrong in known ways: submissions with the signatures that the engine would give them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from grader.clock import utc_now
from grader.pipeline.order import CaseResult, Details, RunReport
from grader.services.grades.standings import refresh
from grader.services.grading.runs import claim, finish
from grader.store.database import Database
from grader.store.models import Submission
from grader.store.words import CourseRole, Device, Purpose
from grader.vocab import Verdict, Visibility
from tests.services.handing import hand, report_of
from tests.world import World, enrol, make_world, person

MEAN, SIGN, TYPO = "mean-for-sum", "sign", "typo"
MINUTE = dt.timedelta(minutes=1)
_DIAGNOSES = {MEAN: "sum_for_mean", SIGN: "sign", TYPO: "wrong_value"}


def wrong_report(mistake: str, diagnosis: str | None = None) -> RunReport:
    """A public and two hidden cases: the first and the last fail."""
    kind = diagnosis or _DIAGNOSES.get(mistake, "wrong_value")
    worst = {
        "index": "[0]",
        "where": "the result",
        "expected": "2.5",
        "given": "10.0",
        "abs_error": 7.5,
        "rel_error": 3.0,
    }
    cases = (
        CaseResult(
            "worked example",
            Visibility.PUBLIC,
            Verdict.WRONG_ANSWER,
            0.0,
            4.0,
            diagnosis=kind,
            message="The sum is not divided.",
            details=Details(worst=worst),
        ),
        CaseResult("one row", Visibility.HIDDEN, Verdict.ACCEPTED, 2.0, 2.0, message="Right."),
        CaseResult(
            "large",
            Visibility.HIDDEN,
            Verdict.WRONG_ANSWER,
            0.0,
            4.0,
            diagnosis=kind,
            message="secret 42",
            details=Details(counterexample="secret = 42", staff_note="secret note"),
        ),
    )
    return report_of(2.0, cases=cases, mistake=mistake)


@dataclass
class WrongClass:
    """Students ada, bob, s1, s2, …, who hand in minute by minute."""

    database: Database
    world: World
    began_at: dt.datetime = field(default_factory=lambda: utc_now() - dt.timedelta(hours=6))
    minutes: int = 0

    def now(self) -> dt.datetime:
        """The class's clock."""
        return self.began_at + self.minutes * MINUTE

    def later(self, minutes: int = 1) -> dt.datetime:
        """Let some time go by."""
        self.minutes += minutes
        return self.now()

    def hands_in(
        self, login: str, mistake: str | None, source: str | None = None, *, purpose: Purpose = Purpose.SUBMIT
    ) -> int:
        """Hand in and have it graded: with the mistake, or (None) with full marks; the submission's id."""
        now = self.later()
        text = source or f"def tensor_add(a, b):\n    return {mistake or 'a + b'!r}  # {login} {self.minutes}\n"
        with self.database.transaction() as session:
            submission_id = hand(session, self.world, login, text.encode(), now=now, purpose=purpose).submission_id
            session.get_one(Submission, submission_id).submitted_at = now
        with self.database.transaction() as session:
            taken = claim(session, Device.CPU, "w1", now)
            assert taken is not None
            assert finish(session, taken, wrong_report(mistake) if mistake else report_of(), image=None, now=now)
        return submission_id

    def standings(self) -> None:
        """Derive what pages read."""
        with self.database.transaction() as session:
            refresh(session, self.world.assignment_id)


def wrong_class(database: Database, students: int = 0) -> WrongClass:
    """The small world with that many further students, and nothing handed in."""
    with database.transaction() as session:
        world = make_world(session)
        for number in range(1, students + 1):
            world.people[f"s{number}"] = _student(session, world.course_id, f"s{number}")
    return WrongClass(database, world)


def _student(session: Session, course_id: int, login: str) -> int:
    person_id = person(session, login).id
    enrol(session, course_id, person_id, CourseRole.STUDENT)
    return person_id
