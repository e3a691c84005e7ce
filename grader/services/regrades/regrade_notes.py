"""What a student is told of regrades: why a result is another one now, what it was, and what it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session, aliased, joinedload

from grader.store.questions import QuestionVersion
from grader.store.regrades import Regrade, RegradeRun
from grader.store.runs import GradingRun
from grader.vocab import Verdict

NEARLY = 1e-9


@dataclass(frozen=True, slots=True)
class Result:
    """One of two results, in the points of its version; None where it could not be graded."""

    run_id: int
    version: int
    verdict: Verdict | None
    points: float | None
    max_points: float | None


@dataclass(frozen=True, slots=True)
class Note:
    """One regrade that was put in force for a submission."""

    regrade_id: int
    reason: str
    applied_at: dt.datetime
    before: Result
    after: Result

    @property
    def is_moved(self) -> bool:
        """Whether the points are others now, as a share of full marks."""
        shares = [(one.points or 0.0) / (one.max_points or 1.0) for one in (self.before, self.after)]
        return self.before.points is None or abs(shares[0] - shares[1]) > NEARLY


def notes_of(session: Session, submission_id: int) -> list[Note]:
    """The regrades of a submission that were applied, newest first."""
    old, new = aliased(GradingRun), aliased(GradingRun)
    found = session.execute(
        select(Regrade.id, Regrade.reason, RegradeRun.applied_at, old, new)
        .select_from(RegradeRun)
        .join(Regrade, Regrade.id == RegradeRun.regrade_id)
        .join(old, old.id == RegradeRun.old_run_id)
        .join(new, new.id == RegradeRun.run_id)
        .where(RegradeRun.submission_id == submission_id, RegradeRun.applied_at.is_not(None))
        .options(*(joinedload(run.version).load_only(QuestionVersion.number) for run in (old, new)))
        .order_by(Regrade.id.desc())
    )
    return [Note(id_, reason, at, _result(before), _result(after)) for id_, reason, at, before, after in found if at]


def _result(run: GradingRun) -> Result:
    return Result(run.id, run.version.number, run.verdict, run.score, run.max_score)


def moved_among(session: Session, submission_ids: Collection[int]) -> set[int]:
    """Those among these submissions whose points a regrade changed."""
    old, new = aliased(GradingRun), aliased(GradingRun)
    found = session.scalars(
        select(RegradeRun.submission_id)
        .join(old, old.id == RegradeRun.old_run_id)
        .join(new, new.id == RegradeRun.run_id)
        .where(
            RegradeRun.submission_id.in_(submission_ids),
            RegradeRun.applied_at.is_not(None),
            or_(old.score.is_(None), func.abs(_share(old) - _share(new)) > NEARLY),
        )
    )
    return set(found)


def _share(run: type[GradingRun]) -> ColumnElement[float | None]:
    return run.score / func.nullif(run.max_score, 0)


def has_counted(session: Session, run: GradingRun) -> bool:
    """Whether the run is or was a result that its student saw: shadows that were never applied are not."""
    if run.is_live:
        return True
    replaced = select(RegradeRun.regrade_id).where(
        RegradeRun.submission_id == run.submission_id,
        or_(RegradeRun.old_run_id == run.id, RegradeRun.run_id == run.id),
        RegradeRun.applied_at.is_not(None),
    )
    return session.scalar(replaced.limit(1)) is not None
