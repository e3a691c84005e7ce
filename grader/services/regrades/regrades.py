"""Regrades: a class's submissions graded by another version in shadow, then put in force or dropped.

Nothing is overwritten. A regrade adds runs that are not live; when it is applied they become the live ones, and those
that were live before stay beside them. `regrade_steps` does the work in small transactions, whoever is killed when;
`regrade_review` says what it would change.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session, joinedload

from grader.clock import utc_now
from grader.pipeline.plain_text import plain
from grader.services.auditing import audit
from grader.services.edits import Changed, Faulty, digest_of
from grader.services.grades.grades import derived
from grader.services.grades.standings import newest_submission, touch_question
from grader.services.handing_in.written import spec_of
from grader.services.refusals import Reason, Refused
from grader.store.courses import Assignment, AssignmentItem
from grader.store.questions import Question, QuestionVersion
from grader.store.regrades import Regrade, RegradeRun
from grader.store.runs import GradingRun
from grader.store.standings import Standing
from grader.store.submissions import Submission
from grader.store.words import Purpose, RegradeScope, RegradeState, RunState

MAX_REASON_CHARS = 2000
ENDED = (RunState.FINISHED, RunState.FAILED)
UNDECIDED = (RegradeState.GRADING, RegradeState.READY)
APPLYING = (RegradeState.APPLYING, RegradeState.APPLYING_UPWARDS)
APPLIED = (RegradeState.APPLIED, RegradeState.APPLIED_UPWARDS)
OPEN = (*UNDECIDED, *APPLYING)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a regrade is: of `total` submissions, in shadow, and put in force."""

    total: int
    ended: int
    failed: int
    applied: int


def begin(
    session: Session, course_id: int, item_id: int, version_id: int, scope: RegradeScope, reason: str, *, actor_id: int
) -> Regrade:
    """Propose to grade an item's submissions by this version; raises Faulty, or Refused while another is undecided.

    What is taken is decided here and now; the runs are added later, in small steps, and no grade changes.
    """
    item = _item(session, course_id, item_id)
    version = session.get(QuestionVersion, version_id)
    _check(item, version, reason)
    assert version is not None
    other = session.scalar(select(Regrade.id).where(Regrade.item_id == item_id, Regrade.state.in_(OPEN)))
    if other is not None:
        raise Refused(
            Reason.CONFLICT,
            f"Regrade {other} of this question is not decided yet. Apply or drop it first, then begin another.",
        )
    regrade = Regrade(
        course_id=course_id,
        item_id=item_id,
        version_id=version_id,
        scope=scope,
        state=RegradeState.GRADING,
        reason=plain(reason.strip(), MAX_REASON_CHARS),
        created_by=actor_id,
        created_at=utc_now(),
    )
    session.add(regrade)
    session.flush()
    taken = _add(session, regrade, takes(session, regrade))
    if not taken:
        raise Refused(
            Reason.CONFLICT,
            f"There is nothing to regrade: whatever this would take was graded by version {version.number} already, "
            "is still being graded, or nobody has handed in.",
        )
    detail = {"version": version.number, "scope": scope.value, "submissions": taken, "reason": regrade.reason}
    _record(session, "regrade.begun", regrade, actor_id, detail)
    return regrade


def join(session: Session, course_id: int, regrade_id: int, *, actor_id: int) -> int:
    """Take what was handed in since as well; how many submissions that are."""
    regrade = _locked(session, course_id, regrade_id)
    if regrade.state not in UNDECIDED:
        raise Refused(Reason.CONFLICT, "This regrade is decided. Begin another for what was handed in since.")
    joined = _add(session, regrade, takes(session, regrade))
    if joined:
        regrade.state = RegradeState.GRADING
        _record(session, "regrade.joined", regrade, actor_id, {"submissions": joined})
    return joined


def apply(
    session: Session,
    course_id: int,
    regrade_id: int,
    *,
    upwards: bool,
    make_live: bool,
    digest: str,
    actor_id: int,
) -> None:
    """Put the shadow runs in force: all, or those that lower no score. `regrade_steps` does it, in small steps.

    `digest` is `result_digest` of what its author was looking at; raises Changed where that was something older.
    """
    regrade = _locked(session, course_id, regrade_id)
    if regrade.state is not RegradeState.READY:
        raise Refused(Reason.CONFLICT, _WHY_NOT[regrade.state])
    if digest != result_digest(session, regrade_id):
        raise Changed
    regrade.state = RegradeState.APPLYING_UPWARDS if upwards else RegradeState.APPLYING
    regrade.decided_by, regrade.decided_at = actor_id, utc_now()
    if make_live:
        _make_live(session, regrade, actor_id)
    detail = {"upwards": upwards, "version": regrade.version.number, "made_live": make_live}
    _record(session, "regrade.decided", regrade, actor_id, detail)


def drop(session: Session, course_id: int, regrade_id: int, *, actor_id: int) -> None:
    """Not at all: no grade changes. What was graded in shadow is kept, what still waits is not graded any more."""
    regrade = _locked(session, course_id, regrade_id)
    if regrade.state not in UNDECIDED:
        raise Refused(Reason.CONFLICT, _WHY_NOT[regrade.state])
    regrade.state = RegradeState.DROPPED
    regrade.decided_by, regrade.decided_at = actor_id, utc_now()
    waiting = session.scalars(
        select(GradingRun.id)
        .join(RegradeRun, RegradeRun.run_id == GradingRun.id)
        .where(RegradeRun.regrade_id == regrade_id, GradingRun.state == RunState.QUEUED)
        .with_for_update(of=GradingRun, skip_locked=True)
    ).all()
    for start in range(0, len(waiting), 1000):
        some = waiting[start : start + 1000]
        session.execute(update(RegradeRun).where(RegradeRun.run_id.in_(some)).values(run_id=None))
        session.execute(delete(GradingRun).where(GradingRun.id.in_(some)))
    _record(session, "regrade.dropped", regrade, actor_id, {"not_graded": len(waiting)})


def takes(session: Session, regrade: Regrade) -> dict[int, int]:
    """What the regrade's scope takes now and it does not have yet: live run by submission.

    What the version graded already, or what still waits for its first result, is left out.
    """
    has = set(session.scalars(select(RegradeRun.submission_id).where(RegradeRun.regrade_id == regrade.id)))
    gradable = (
        select(Submission.id, GradingRun.id)
        .join(GradingRun, (GradingRun.submission_id == Submission.id) & GradingRun.is_live)
        .join(QuestionVersion, QuestionVersion.id == Submission.version_id)
        .where(
            Submission.item_id == regrade.item_id,
            Submission.purpose == Purpose.SUBMIT,
            GradingRun.state.in_(ENDED),
            GradingRun.version_id != regrade.version_id,
            QuestionVersion.kind == regrade.version.kind,
        )
    )
    if regrade.scope is not RegradeScope.ALL:
        wanted = _latest(session, regrade) if regrade.scope is RegradeScope.LATEST else _counting(session, regrade)
        if wanted <= has:
            return {}
        gradable = gradable.where(Submission.id.in_(wanted - has))
    rows = session.execute(gradable.order_by(Submission.id))
    return {submission_id: run_id for submission_id, run_id in rows if submission_id not in has}


def of_course(session: Session, course_id: int) -> list[Regrade]:
    """The regrades of a course, newest first."""
    return list(
        session.scalars(
            select(Regrade)
            .where(Regrade.course_id == course_id)
            .options(
                joinedload(Regrade.version).load_only(QuestionVersion.number, QuestionVersion.title),
                joinedload(Regrade.item).joinedload(AssignmentItem.assignment),
            )
            .order_by(Regrade.id.desc())
        )
    )


def progress_among(session: Session, regrade_ids: list[int]) -> dict[int, Progress]:
    """How far each is."""
    rows = session.execute(
        select(
            RegradeRun.regrade_id,
            func.count(),
            func.count(GradingRun.finished_at),
            func.count(GradingRun.id).filter(GradingRun.state == RunState.FAILED),
            func.count(RegradeRun.applied_at),
        )
        .outerjoin(GradingRun, GradingRun.id == RegradeRun.run_id)
        .where(RegradeRun.regrade_id.in_(regrade_ids))
        .group_by(RegradeRun.regrade_id)
    )
    found = {regrade_id: Progress(*figures) for regrade_id, *figures in rows}
    return {regrade_id: found.get(regrade_id, Progress(0, 0, 0, 0)) for regrade_id in regrade_ids}


def result_digest(session: Session, regrade_id: int) -> str:
    """Changes whenever there is something else to decide about."""
    figures = session.execute(
        select(func.count(), func.max(RegradeRun.run_id), func.count(GradingRun.verdict))
        .select_from(RegradeRun)
        .outerjoin(GradingRun, GradingRun.id == RegradeRun.run_id)
        .where(RegradeRun.regrade_id == regrade_id)
    ).one()
    return digest_of(tuple(figures))


_WHY_NOT: Mapping[RegradeState, str] = {
    RegradeState.GRADING: "It is still being graded. Wait until every submission has its second result.",
    RegradeState.READY: "It is ready to be decided.",
    RegradeState.APPLYING: "It is being applied already.",
    RegradeState.APPLYING_UPWARDS: "It is being applied already, upwards only.",
    RegradeState.APPLIED: "It was applied already. Applying it twice changes nothing.",
    RegradeState.APPLIED_UPWARDS: "It was applied already, upwards only. Begin another for the rest.",
    RegradeState.DROPPED: "It was dropped. Begin another.",
}


def _item(session: Session, course_id: int, item_id: int) -> AssignmentItem:
    """The item, locked against another regrade of it (and not against submissions)."""
    item = session.scalars(
        select(AssignmentItem)
        .join(AssignmentItem.assignment)
        .where(AssignmentItem.id == item_id, Assignment.course_id == course_id)
        .with_for_update(of=AssignmentItem, key_share=True)
    ).one_or_none()
    if item is None:
        raise Refused(Reason.NOT_FOUND, "There is no such question in this course.")
    return item


def _locked(session: Session, course_id: int, regrade_id: int) -> Regrade:
    regrade = session.scalars(
        select(Regrade).where(Regrade.id == regrade_id, Regrade.course_id == course_id).with_for_update()
    ).one_or_none()
    if regrade is None:
        raise Refused(Reason.NOT_FOUND, "There is no such regrade in this course.")
    return regrade


def _check(item: AssignmentItem, version: QuestionVersion | None, reason: str) -> None:
    errors: dict[str, str] = {}
    if version is None or version.question_id != item.question_id:
        errors["version"] = "Choose a version of this question."
    elif version.kind != "code" and (spec_of(version).is_marked or version.answer_key is None):
        errors["version"] = "People mark this question, so no version of it grades anything. Mark it again instead."
    if not reason.strip():
        errors["reason"] = "Say why: students whose grade changes read it."
    elif len(reason) > MAX_REASON_CHARS:
        errors["reason"] = f"The reason has {MAX_REASON_CHARS:,} characters at most."
    if errors:
        raise Faulty(errors)


def _add(session: Session, regrade: Regrade, found: dict[int, int]) -> int:
    rows = [
        {"regrade_id": regrade.id, "submission_id": submission_id, "old_run_id": run_id}
        for submission_id, run_id in sorted(found.items())
    ]
    if rows:
        session.execute(insert(RegradeRun), rows)
    return len(rows)


def _latest(session: Session, regrade: Regrade) -> set[int]:
    newest = session.scalars(select(newest_submission()).where(Standing.item_id == regrade.item_id))
    return {submission_id for submission_id in newest if submission_id is not None}


def _counting(session: Session, regrade: Regrade) -> set[int]:
    rows = session.execute(
        select(Standing.person_id, Standing.submission_id, Standing.revision != Standing.computed_revision).where(
            Standing.item_id == regrade.item_id
        )
    ).all()
    counting = {submission_id for _, submission_id, is_stale in rows if submission_id is not None and not is_stale}
    stale = [person_id for person_id, _, is_stale in rows if is_stale]
    grades = derived(session, regrade.item.assignment_id, {regrade.item_id: stale})
    return counting | {grade.submission_id for grade, _ in grades if grade.submission_id is not None}


def _make_live(session: Session, regrade: Regrade, actor_id: int) -> None:
    """From now on the version is the one that is handed in to, wherever the question is asked."""
    version = regrade.version
    question = session.get_one(Question, version.question_id, with_for_update=True)
    if question.live_version_id == version.id:
        return
    before = question.live_version.number if question.live_version is not None else None
    question.live_version_id = version.id
    session.flush()
    touch_question(session, question.id)
    subject = f"question:{question.id}"
    detail = {"before": before, "after": version.number, "regrade": regrade.id}
    audit.record(session, "question.made_live", subject, actor_id=actor_id, course_id=regrade.course_id, detail=detail)


def _record(session: Session, act: str, regrade: Regrade, actor_id: int | None, detail: Mapping[str, object]) -> None:
    subject = f"regrade:{regrade.id}"
    audit.record(
        session,
        act,
        subject,
        actor_id=actor_id,
        course_id=regrade.course_id,
        detail={"item": regrade.item_id, **detail},
    )
