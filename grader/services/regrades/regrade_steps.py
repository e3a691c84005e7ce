"""The work of regrades, in transactions that are short enough for students to hand in between them.

What is to be done next is read from the rows alone, so whoever is killed when, the next sweep goes on; and a step that
is done again finds nothing left to do.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, update
from sqlalchemy.orm import Session, aliased

from grader.pipeline.written import decide
from grader.services.auditing import audit
from grader.services.grades.standings import touch
from grader.services.grading.decided import keep_decided
from grader.services.grading.runs import enqueue_shadows
from grader.services.handing_in.written import key_of, spec_of
from grader.services.regrades.regrades import APPLYING, ENDED
from grader.store.regrades import Regrade, RegradeRun
from grader.store.runs import GradingRun
from grader.store.submissions import Submission, WrittenAnswer
from grader.store.words import Lane, RegradeState, RunState

# So many at once: under SQLite nobody else writes meanwhile.
BATCH = 100
NEARLY = 1e-9
_AT_WORK = (RegradeState.GRADING, *APPLYING)


def step(session: Session, now: dt.datetime) -> bool:
    """Do one batch of one regrade, where there is something to do; whether there was."""
    # Two who step at once take different regrades; with one only, the second has nothing to do.
    regrades = session.scalars(
        select(Regrade).where(Regrade.state.in_(_AT_WORK)).order_by(Regrade.id).with_for_update(skip_locked=True)
    ).all()
    return any(
        _queue(session, one, now) if one.state is RegradeState.GRADING else _apply(session, one, now)
        for one in regrades
    )


def _queue(session: Session, regrade: Regrade, now: dt.datetime) -> bool:
    """Add runs for some of those that have none; when all have ended, it is ready to be reviewed."""
    waiting = session.execute(
        select(RegradeRun.submission_id, GradingRun.seed)
        .outerjoin(GradingRun, GradingRun.id == RegradeRun.old_run_id)
        .where(RegradeRun.regrade_id == regrade.id, RegradeRun.run_id.is_(None))
        .order_by(RegradeRun.submission_id)
        .limit(BATCH)
    ).all()
    if waiting:
        # The seed of the run before: what differs then is the version's doing and not that of other inputs.
        wanted = [(submission_id, seed) for submission_id, seed in waiting]
        if regrade.version.kind == "code":
            runs = enqueue_shadows(session, regrade.version, wanted, course_id=regrade.course_id, now=now)
        else:
            runs = [_decided(session, regrade, submission_id, now) for submission_id, _ in wanted]
        session.execute(
            update(RegradeRun),
            [
                {"regrade_id": regrade.id, "submission_id": submission_id, "run_id": run_id}
                for (submission_id, _), run_id in zip(wanted, runs, strict=True)
            ],
        )
        return True
    unfinished = session.scalar(
        select(RegradeRun.submission_id)
        .join(GradingRun, GradingRun.id == RegradeRun.run_id)
        .where(RegradeRun.regrade_id == regrade.id, GradingRun.state.not_in(ENDED))
        .limit(1)
    )
    if unfinished is not None:
        return False
    regrade.state = RegradeState.READY
    return True


def _decided(session: Session, regrade: Regrade, submission_id: int, now: dt.datetime) -> int:
    """The answer to a numeric or choice question, decided by the version's key: no worker is needed."""
    version = regrade.version
    answer = session.get_one(WrittenAnswer, submission_id)
    report = decide(version.question.name, version.digest, spec_of(version), key_of(version), answer.answer)
    return keep_decided(
        session,
        submission_id,
        version,
        report,
        course_id=regrade.course_id,
        lane=Lane.REGRADE,
        is_live=False,
        now=now,
    )


def _apply(session: Session, regrade: Regrade, now: dt.datetime) -> bool:
    """Put some of the shadow runs in force; when none is left that may be, it is applied."""
    upwards = regrade.state is RegradeState.APPLYING_UPWARDS
    rows = session.execute(_applicable(regrade.id, upwards=upwards).limit(BATCH)).all()
    # The submissions' locks keep reruns and other regrades away; in one order, so that nobody waits in a circle.
    ids = [row.submission_id for row in rows]
    session.execute(
        select(Submission.id).where(Submission.id.in_(ids)).order_by(Submission.id).with_for_update(key_share=True)
    )
    if not rows:
        _end(session, regrade, now)
        return True
    old_of = {row.old_run_id: row for row in rows}
    moved = session.scalars(
        update(GradingRun)
        .where(GradingRun.id.in_(old_of), GradingRun.is_live)
        .values(is_live=False)
        .returning(GradingRun.id)
        .execution_options(synchronize_session=False)
    ).all()
    session.execute(
        update(GradingRun)
        .where(GradingRun.id.in_([old_of[run_id].run_id for run_id in moved]))
        .values(is_live=True)
        .execution_options(synchronize_session=False)
    )
    session.execute(
        update(RegradeRun)
        .where(
            RegradeRun.regrade_id == regrade.id,
            RegradeRun.submission_id.in_([old_of[run_id].submission_id for run_id in moved]),
        )
        .values(applied_at=now)
        .execution_options(synchronize_session=False)
    )
    for person_id in sorted({old_of[run_id].person_id for run_id in moved}):
        touch(session, regrade.item_id, person_id)
    return True


def _applicable(regrade_id: int, *, upwards: bool) -> Select[int, int | None, int | None, int]:
    """What is still to be put in force: where the run that counted at the beginning still does, and the shadow ended
    with a verdict. Whatever got another result meanwhile keeps it."""
    old, new = aliased(GradingRun), aliased(GradingRun)
    wanted = (
        select(RegradeRun.submission_id, RegradeRun.old_run_id, RegradeRun.run_id, Submission.person_id)
        .join(old, old.id == RegradeRun.old_run_id)
        .join(new, new.id == RegradeRun.run_id)
        .join(Submission, Submission.id == RegradeRun.submission_id)
        .where(
            RegradeRun.regrade_id == regrade_id,
            RegradeRun.applied_at.is_(None),
            old.is_live,
            new.state == RunState.FINISHED,
        )
        .order_by(RegradeRun.submission_id)
    )
    return wanted.where(_lowers_nothing(old, new)) if upwards else wanted


def _lowers_nothing(old: type[GradingRun], new: type[GradingRun]) -> ColumnElement[bool]:
    """Shares of full marks are compared: two versions may have different ones."""
    share = [run.score / func.nullif(run.max_score, 0) for run in (old, new)]
    return or_(old.score.is_(None), and_(share[0].is_not(None), share[1] >= share[0] - NEARLY), share[0].is_(None))


def _end(session: Session, regrade: Regrade, now: dt.datetime) -> None:
    upwards = regrade.state is RegradeState.APPLYING_UPWARDS
    regrade.state = RegradeState.APPLIED_UPWARDS if upwards else RegradeState.APPLIED
    total, applied = session.execute(
        select(func.count(), func.count(RegradeRun.applied_at)).where(RegradeRun.regrade_id == regrade.id)
    ).one()
    audit.record(
        session,
        "regrade.applied",
        f"regrade:{regrade.id}",
        actor_id=None,
        course_id=regrade.course_id,
        detail={"item": regrade.item_id, "applied": applied, "kept": total - applied, "upwards": upwards},
        now=now,
    )
