"""Grading runs: the queue, the leases and the results. The row is the truth; a message is only a nudge."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, LargeBinary, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from grader.store.base import Base, words
from grader.store.questions import QuestionVersion
from grader.store.submissions import Submission
from grader.store.words import Device, Lane, RunState
from grader.vocab import Verdict, Visibility

_QUEUED = text("state = 'queued'")
_RUNNING = text("state = 'running'")
_FAILED = text("state = 'failed'")
_UNSTABLE = text("is_unstable")
_LIVE = text("is_live")
_MISTAKEN = text("is_live AND mistake IS NOT NULL")


class GradingRun(Base):
    """One grading of one submission. A regrade adds a run beside the old ones; one of them is live.

    `turn` makes the queue fair between courses: runs are taken by (lane, turn, id). `report` is a RunReport as JSON.
    """

    __tablename__ = "grading_run"
    __table_args__ = (
        Index("uq_grading_run_live", "submission_id", unique=True, sqlite_where=_LIVE, postgresql_where=_LIVE),
        Index("ix_grading_run_submission_id", "submission_id"),
        Index("ix_grading_run_queue", "device", "lane", "turn", "id", sqlite_where=_QUEUED, postgresql_where=_QUEUED),
        # All runs of one mistake, among those that count.
        Index("ix_grading_run_mistake", "mistake", "submission_id", sqlite_where=_MISTAKEN, postgresql_where=_MISTAKEN),
        Index("ix_grading_run_failed", "course_id", "id", sqlite_where=_FAILED, postgresql_where=_FAILED),
        Index("ix_grading_run_lease", "lease_expires_at", sqlite_where=_RUNNING, postgresql_where=_RUNNING),
        CheckConstraint("(state = 'running') = (lease_token IS NOT NULL)", name="running_runs_have_a_lease"),
        CheckConstraint("(state = 'finished') = (verdict IS NOT NULL)", name="finished_runs_have_a_verdict"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"))
    version_id: Mapped[int] = mapped_column(ForeignKey("question_version.id"))
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"))
    is_live: Mapped[bool] = mapped_column(default=True)
    only_public: Mapped[bool] = mapped_column(default=False)
    device: Mapped[Device] = mapped_column(words(Device))
    lane: Mapped[Lane] = mapped_column(words(Lane), default=Lane.NORMAL)
    turn: Mapped[int] = mapped_column(BigInteger, default=0)
    seed: Mapped[int] = mapped_column(BigInteger)
    state: Mapped[RunState] = mapped_column(words(RunState), default=RunState.QUEUED)
    tries: Mapped[int] = mapped_column(default=0)
    lease_token: Mapped[str | None] = mapped_column(String(32))
    lease_expires_at: Mapped[dt.datetime | None]
    worker: Mapped[str | None] = mapped_column(String(100))
    queued_at: Mapped[dt.datetime]
    nudged_at: Mapped[dt.datetime | None]  # when a message was last sent for it
    started_at: Mapped[dt.datetime | None]
    finished_at: Mapped[dt.datetime | None]
    progress: Mapped[list[Any] | None]  # cases of a long run, as the student may see them
    verdict: Mapped[Verdict | None] = mapped_column(words(Verdict))
    score: Mapped[float | None]
    max_score: Mapped[float | None]
    duration_ms: Mapped[int | None]
    sandbox: Mapped[str | None] = mapped_column(String(16))
    image: Mapped[str | None] = mapped_column(String(100))  # digest of what it ran in
    fault: Mapped[str | None] = mapped_column(Text)  # why it could not be graded, for staff
    mistake: Mapped[str | None] = mapped_column(String(32))  # signature of what went wrong, see grader.judge.mistake
    report: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)

    submission: Mapped[Submission] = relationship(back_populates="runs")
    version: Mapped[QuestionVersion] = relationship()
    cases: Mapped[list[CaseOutcome]] = relationship(order_by="CaseOutcome.position", back_populates="run")


class CaseOutcome(Base):
    """What one case of a run came to, for tables over many runs; the whole is in the run's report."""

    __tablename__ = "case_outcome"
    __table_args__ = (Index("ix_case_outcome_unstable", "run_id", sqlite_where=_UNSTABLE, postgresql_where=_UNSTABLE),)

    run_id: Mapped[int] = mapped_column(ForeignKey("grading_run.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    visibility: Mapped[Visibility] = mapped_column(words(Visibility))
    verdict: Mapped[Verdict] = mapped_column(words(Verdict))
    points: Mapped[float]
    max_points: Mapped[float]
    diagnosis: Mapped[str | None] = mapped_column(String(40))
    # It failed and passed within one run, with other inputs or without any change; it was not charged to the student.
    is_unstable: Mapped[bool] = mapped_column(default=False, server_default=text("false"))

    run: Mapped[GradingRun] = relationship(back_populates="cases")
