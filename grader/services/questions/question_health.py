"""How the questions of the bank do: what verifying showed, and what this course's submissions show."""

from __future__ import annotations

import datetime as dt
import statistics
from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import and_, func, select, union_all
from sqlalchemy.orm import Session

from grader.store.courses import Assignment, AssignmentItem
from grader.store.questions import Question, QuestionVersion
from grader.store.runs import GradingRun
from grader.store.standings import ItemFigures
from grader.store.submissions import Submission
from grader.store.words import RunState, VerificationState
from grader.store.workshop import Verification

# Of each item; the times of a question's runs differ little, and a page must not read a million.
TIMES_SAMPLED = 20


@dataclass(frozen=True, slots=True)
class Health:
    """Of one question; None: nothing is known. The live version was verified here, or on the command line."""

    mutants_caught: int | None = None
    mutants: int | None = None
    survivors_explained: int | None = None
    verified_at: dt.datetime | None = None
    unstable: int = 0  # outcomes of cases that failed and passed in one run …
    outcomes: int = 0  # … of so many, as they were last counted
    median_ms: float | None = None

    @property
    def mutation_score(self) -> float | None:
        """The share of mutants that are caught or explained."""
        if not self.mutants or self.mutants_caught is None:
            return None
        return (self.mutants_caught + (self.survivors_explained or 0)) / self.mutants

    @property
    def flake_rate(self) -> float | None:
        """The share of outcomes that were unstable."""
        return self.unstable / self.outcomes if self.outcomes else None


def health_of(session: Session, course_id: int, question_id: int | None = None) -> dict[int, Health]:
    """By question, of all that are published, or of one."""
    verified = _verified(session)
    flakes = _flakes(session, course_id)
    times = _times(session, course_id, question_id)
    published = select(Question.id).where(Question.live_version_id.is_not(None))
    if question_id is not None:
        published = published.where(Question.id == question_id)
    return {
        question_id: Health(
            *verified.get(question_id, (None, None, None, None)),
            *flakes.get(question_id, (0, 0)),
            times.get(question_id),
        )
        for question_id in session.scalars(published)
    }


def _verified(session: Session) -> dict[int, tuple[int | None, int | None, int | None, dt.datetime | None]]:
    """Of each live version, its last verification that passed."""
    last = (
        select(func.max(Verification.id).label("id"), Question.id.label("question_id"))
        .join(Question, Question.name == Verification.name)
        .join(
            QuestionVersion,
            and_(QuestionVersion.id == Question.live_version_id, QuestionVersion.digest == Verification.digest),
        )
        .where(Verification.state == VerificationState.PASSED)
        .group_by(Question.id)
        .subquery()
    )
    found = {}
    for question_id, mutants, finished_at in session.execute(
        select(last.c.question_id, Verification.report["mutants"], Verification.finished_at).join(
            last, last.c.id == Verification.id
        )
    ):
        said = mutants if isinstance(mutants, dict) else {}
        found[question_id] = (said.get("caught"), said.get("total"), said.get("explained"), finished_at)
    return found


def _flakes(session: Session, course_id: int) -> dict[int, tuple[int, int]]:
    """From the figures of this course's items, as they were last counted."""
    sums: defaultdict[int, list[int]] = defaultdict(lambda: [0, 0])
    for question_id, figures in session.execute(
        select(AssignmentItem.question_id, ItemFigures.figures)
        .join(ItemFigures, ItemFigures.item_id == AssignmentItem.id)
        .join(Assignment, Assignment.id == AssignmentItem.assignment_id)
        .where(Assignment.course_id == course_id)
    ):
        for case in figures.get("cases", ()):
            sums[question_id][0] += case.get("unstable", 0)
            sums[question_id][1] += case.get("graded", 0)
    return {question_id: (unstable, graded) for question_id, (unstable, graded) in sums.items()}


def _times(session: Session, course_id: int, question_id: int | None) -> dict[int, float]:
    """The median time of a run, from some runs of each item of this course, or of those that ask one question."""
    wanted = (
        select(AssignmentItem.id, AssignmentItem.question_id)
        .join(Assignment, Assignment.id == AssignmentItem.assignment_id)
        .where(Assignment.course_id == course_id)
    )
    if question_id is not None:
        wanted = wanted.where(AssignmentItem.question_id == question_id)
    items = session.execute(wanted).all()
    if not items:
        return {}
    samples = [
        select(
            select(Submission.id, Submission.item_id)
            .where(Submission.item_id == item_id)
            .limit(TIMES_SAMPLED)
            .subquery()
        )
        for item_id, _ in items
    ]
    chosen = union_all(*samples).subquery()
    durations: defaultdict[int, list[int]] = defaultdict(list)
    questions: dict[int, int] = dict(items)
    for item_id, duration_ms in session.execute(
        select(chosen.c.item_id, GradingRun.duration_ms)
        .join(GradingRun, and_(GradingRun.submission_id == chosen.c.id, GradingRun.is_live))
        .where(GradingRun.state == RunState.FINISHED, GradingRun.duration_ms > 0)
    ):
        durations[questions[item_id]].append(duration_ms)
    return {question_id: statistics.median(found) for question_id, found in durations.items()}
