"""What a comment on a mistake did: how the next attempt went, of those who had it before them and of those before it.

Of each student one step counts on each side: from the first attempt with the mistake that was followed by another (or
stood last) to the one after. Nobody was drawn by lot, so this is a comparison, not an experiment.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import and_, select
from sqlalchemy.orm import Session, aliased

from grader.services.grades.grades import NEARLY
from grader.store.runs import GradingRun
from grader.store.submissions import Submission
from grader.store.words import Purpose, RunState

FEW = 10  # below so many students on a side, shares would say more than is known


@dataclass(frozen=True, slots=True)
class Side:
    """Students who made the mistake and handed in again, and what that next attempt came to."""

    again: int = 0
    left: int = 0  # made another mistake, or none
    passed: int = 0  # got full marks

    @property
    def is_few(self) -> bool:
        """Whether shares of them would say more than is known."""
        return self.again < FEW


@dataclass(frozen=True, slots=True)
class Effect:
    """`told` had the comment on their result before they handed in again, `before` went on without it.

    `waiting` have it, and have handed in nothing since they made the mistake.
    """

    since: dt.datetime
    told: Side
    before: Side
    waiting: int

    @property
    def can_compare(self) -> bool:
        """Whether both sides have enough students to be put beside each other."""
        return not self.told.is_few and not self.before.is_few


@dataclass(frozen=True, slots=True)
class Step:
    """An attempt that has the mistake, and what its student handed in next; None while there is nothing."""

    person_id: int
    submitted_at: dt.datetime
    next_at: dt.datetime | None
    next_has_it: bool = False
    next_is_full: bool = False


def effect_of(session: Session, item_id: int, mistake: str, since: dt.datetime, *, is_hint: bool) -> Effect:
    """What happened since students are told; without a hint only those are who made the mistake before."""
    return reckoned(_steps(session, item_id, mistake), since, is_hint=is_hint)


def reckoned(steps: Iterable[Step], since: dt.datetime, *, is_hint: bool) -> Effect:
    """The same from the attempts, which stand by person and then in their order."""
    told: list[Step] = []
    before: list[Step] = []
    waiting = 0
    for _, made in groupby(steps, key=lambda step: step.person_id):
        on_their_page = []
        is_before_counted = False
        for step in made:
            if step.next_at is not None and step.next_at <= since:
                if not is_before_counted:
                    before.append(step)
                is_before_counted = True
            elif is_hint or step.submitted_at <= since:
                on_their_page.append(step)
        if on_their_page and on_their_page[0].next_at is not None:
            told.append(on_their_page[0])
        elif on_their_page:
            waiting += 1
    return Effect(since, _side(told), _side(before), waiting)


def _side(steps: list[Step]) -> Side:
    return Side(len(steps), sum(not step.next_has_it for step in steps), sum(step.next_is_full for step in steps))


def _steps(session: Session, item_id: int, mistake: str) -> list[Step]:
    graded = (Submission.purpose == Purpose.SUBMIT, GradingRun.state == RunState.FINISHED)
    made = (
        select(Submission.id, Submission.person_id, Submission.submitted_at)
        .join(GradingRun, and_(GradingRun.submission_id == Submission.id, GradingRun.is_live))
        .where(GradingRun.mistake == mistake, Submission.item_id == item_id, *graded)
        .subquery()
        .c
    )
    # The next attempt of each is looked up: to number all attempts of a class, all of them would be read.
    later, its_run = aliased(Submission), aliased(GradingRun)
    next_id = (
        select(later.id)
        .join(its_run, and_(its_run.submission_id == later.id, its_run.is_live))
        .where(
            later.item_id == item_id,
            later.person_id == made.person_id,
            later.id > made.id,
            later.purpose == Purpose.SUBMIT,
            its_run.state == RunState.FINISHED,
        )
        .order_by(later.id)
        .limit(1)
        .scalar_subquery()
    )
    each = select(made.id, made.person_id, made.submitted_at, next_id.label("next_id")).subquery().c
    rows = session.execute(
        select(
            each.person_id,
            each.submitted_at,
            Submission.submitted_at,
            GradingRun.mistake,
            GradingRun.score,
            GradingRun.max_score,
        )
        .outerjoin(Submission, Submission.id == each.next_id)
        .outerjoin(GradingRun, and_(GradingRun.submission_id == Submission.id, GradingRun.is_live))
        .order_by(each.person_id, each.id)
    )
    return [
        Step(person_id, submitted_at, next_at, found == mistake, _is_full(score, most))
        for person_id, submitted_at, next_at, found, score, most in rows
    ]


def _is_full(score: float | None, most: float | None) -> bool:
    return score is not None and most is not None and score >= most - NEARLY
